import type { CallCentreResult, RunRecord } from '../model/run-record.ts'
import { recordOf } from './collaudo.ts'
import type { Figure, Proof } from './proof.ts'

/**
 * A quarter of an hour of the Monday peak with as many calls as 480 operators can just take, and next to nothing else. In a
 * quarter of an hour the rate is constant, as Erlang A wants it; how busy it is differs from seed to seed.
 */
const peak = ['recup-day', '--day', 'monday', '--from', '09:30', '--to', '09:45', '--scale', 'phone=4,*=0.05']

/**
 * A queue forgets within minutes (the callers' patience), so that one quarter of an hour holds about two of its states: the
 * long run of the theory is the mean of several.
 */
const seeds = [1, 2, 3, 4, 5]

const centre = ({ callCentres: [found] }: RunRecord): CallCentreResult => {
  if (!found) throw new Error('expected a call centre in the record, got none')
  return found
}

type Queue = CallCentreResult['seen']

/** What was seen, or expected, of all calls of several runs. */
const pooled = (runs: readonly RunRecord[], of: (result: CallCentreResult) => Queue): Queue => {
  const centres = runs.map(centre)
  const offered = centres.reduce((sum, result) => sum + result.offered, 0)
  const meanOf = (key: keyof Queue, weight: (result: CallCentreResult) => number, whole: number) =>
    centres.reduce((sum, result) => sum + of(result)[key] * weight(result), 0) / whole
  return {
    abandonedRatio: meanOf('abandonedRatio', (result) => result.offered, offered),
    meanWaitMs: meanOf('meanWaitMs', (result) => result.offered, offered),
    waitingCalls: meanOf('waitingCalls', () => 1, runs.length),
    busyOperators: meanOf('busyOperators', () => 1, runs.length),
  }
}

/** Requests of the calls per second while the phase lasts. */
const requestsPerSecond = ({ steps, phases }: RunRecord): number => {
  const steady = phases.find(({ name }) => name === 'steady')
  const own = steps.filter(({ stream, phase }) => stream === 'phone' && phase === 'steady')
  const requests = own.reduce((sum, step) => sum + step.requests, 0)
  return requests / (((steady?.toMs ?? 0) - (steady?.fromMs ?? 0)) / 1000)
}

const percent = (ratio: number) => `${(ratio * 100).toFixed(1)} %`
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

const describe = (seen: Queue, expected: Queue): string =>
  `abandoned ${percent(seen.abandonedRatio)} (Erlang A ${percent(expected.abandonedRatio)}), mean wait ${seconds(seen.meanWaitMs)} (${seconds(expected.meanWaitMs)}), ${seen.waitingCalls.toFixed(0)} waiting (${expected.waitingCalls.toFixed(0)}), ${seen.busyOperators.toFixed(0)} busy (${expected.busyOperators.toFixed(0)})`

const isWithinTenPercent = (seen: Queue, expected: Queue): boolean =>
  (['abandonedRatio', 'meanWaitMs', 'waitingCalls', 'busyOperators'] as const).every(
    (key) => Math.abs(seen[key] / expected[key] - 1) <= 0.1,
  )

const brokenCallGates = ({ gates }: RunRecord): readonly string[] =>
  gates.filter(({ name, verdict }) => name.startsWith('calls-') && verdict === 'fail').map(({ name }) => name)

/** All at the same time: they hardly load the machine, and they last. */
const slowed = async (): Promise<Figure> => {
  const slow = ['--defect', 'slow-search=100%']
  const [usual, ...slower] = await Promise.all([
    recordOf(peak),
    ...seeds.map((seed) => recordOf([...peak, ...slow, '--seed', String(seed)])),
  ])
  const [same] = slower
  if (!same) throw new Error('expected a run for every seed, got none')
  const seen = pooled(slower, (result) => result.seen)
  const expected = pooled(slower, (result) => result.expected)
  const broken = brokenCallGates(same)
  return {
    figure: `as usual (seed 1): a call takes ${seconds(centre(usual).handlingMs)}, ${describe(centre(usual).seen, centre(usual).expected)}, ${requestsPerSecond(usual).toFixed(1)} requests/s; slowed (seed 1): ${seconds(centre(same).handlingMs)}, ${requestsPerSecond(same).toFixed(1)} requests/s, ${same.verdict}, broken: ${broken.join(', ') || 'none'}; slowed (seeds 1 to ${seeds.length}): ${describe(seen, expected)}`,
    ok:
      isWithinTenPercent(seen, expected) &&
      requestsPerSecond(same) < requestsPerSecond(usual) &&
      same.verdict === 'fail' &&
      broken.length > 0 &&
      slower.every(({ integrity }) => integrity.complete),
  }
}

/** A slow system keeps callers waiting as it would in life. */
export const people: Proof = {
  name: 'people',
  cases: [
    {
      name: 'every search two seconds late, 480 operators, five times 15 min',
      limit: 'abandoned, waits and busy operators within 10 % of Erlang A; fewer requests/s; the broken gate is named',
      run: slowed,
    },
  ],
}
