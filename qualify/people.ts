import type { CallCentreResult, RunRecord } from '../model/run-record.ts'
import { recordOf } from './collaudo.ts'
import type { Figure, Proof } from './proof.ts'

/**
 * Three quarters of an hour of the Monday peak with as many calls as 480 operators can just take, and next to nothing else:
 * a queue needs many times the callers' patience (3.4 min) to become what it is in the long run.
 */
const peak = ['recup-day', '--day', 'monday', '--from', '09:15', '--to', '10:00', '--scale', 'phone=4.16,*=0.05']

const centre = ({ callCentres: [found] }: RunRecord): CallCentreResult => {
  if (!found) throw new Error('expected a call centre in the record, got none')
  return found
}

/** Requests of the calls per second while the phase lasts. */
const requestsPerSecond = ({ steps, phases }: RunRecord): number => {
  const steady = phases.find(({ name }) => name === 'steady')
  const own = steps.filter(({ stream, phase }) => stream === 'phone' && phase === 'steady')
  const requests = own.reduce((sum, step) => sum + step.requests, 0)
  return requests / (((steady?.toMs ?? 0) - (steady?.fromMs ?? 0)) / 1000)
}

const describe = (record: RunRecord): string => {
  const { answered, handlingMs, seen, expected } = centre(record)
  const percent = (ratio: number) => `${(ratio * 100).toFixed(1)} %`
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  return `${answered} calls of ${seconds(handlingMs)} answered, ${percent(seen.abandonedRatio)} abandoned (Erlang A ${percent(expected.abandonedRatio)}), mean wait ${seconds(seen.meanWaitMs)} (${seconds(expected.meanWaitMs)}), busy ${seen.busyOperators.toFixed(0)} (${expected.busyOperators.toFixed(0)}), ${requestsPerSecond(record).toFixed(1)} requests/s`
}

const isWithinTenPercent = ({ seen, expected }: CallCentreResult): boolean =>
  Math.abs(seen.abandonedRatio / expected.abandonedRatio - 1) <= 0.1 &&
  Math.abs(seen.meanWaitMs / expected.meanWaitMs - 1) <= 0.1 &&
  Math.abs(seen.busyOperators / expected.busyOperators - 1) <= 0.1

const brokenCallGates = ({ gates }: RunRecord): readonly string[] =>
  gates.filter(({ name, verdict }) => name.startsWith('calls-') && verdict === 'fail').map(({ name }) => name)

/** Both runs at the same time: they hardly load the machine, and they last. */
const slowed = async (): Promise<Figure> => {
  const [usual, slow] = await Promise.all([recordOf(peak), recordOf([...peak, '--defect', 'slow-search=100%'])])
  const broken = brokenCallGates(slow)
  return {
    figure: `as usual: ${describe(usual)}; slowed: ${describe(slow)}, ${slow.verdict}, broken: ${broken.join(', ') || 'none'}`,
    ok:
      isWithinTenPercent(centre(slow)) &&
      requestsPerSecond(slow) < requestsPerSecond(usual) &&
      slow.verdict === 'fail' &&
      broken.length > 0 &&
      slow.integrity.complete,
  }
}

/** A slow system keeps callers waiting as it would in life. */
export const people: Proof = {
  name: 'people',
  cases: [
    {
      name: 'every search two seconds late, 480 operators, 45 min',
      limit: 'abandoned, waits and busy operators within 10 % of Erlang A; fewer requests/s; the broken gate is named',
      run: slowed,
    },
  ],
}
