import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Rng, rngOf } from '../generators/rng.ts'
import { runRecordSchema } from '../model/run-record.ts'
import { usualOptions } from '../results/comparison/compare.ts'
import { compareSteps } from '../results/comparison/compare-steps.ts'
import { readStepBlocks, type StepBlocks } from '../results/comparison/step-blocks.ts'
import { Histogram } from '../results/histogram.ts'
import { collaudo } from './collaudo.ts'
import type { Figure, Proof, ProofCase } from './proof.ts'

/** Pairs that are recorded with each slowness of one step: thirty in all. */
const pairs = { 0: 9, 5: 7, 10: 7, 20: 7 } as const
const comparisonsPerPair = 75
/** Of the twenty blocks of a phase, drawn without replacement: each comparison sees other fifteen. */
const blocksDrawn = 15

/** The slowed step: searches of free slots, wherever a journey makes them. */
const slowed = 'GET /fhir/Slot'
const isSlowed = ({ step }: Pick<StepBlocks, 'step'>): boolean => ['search', 'pull'].includes(step)

const recordings = fileURLToPath(new URL('../runs/detection/', import.meta.url))

type Percent = keyof typeof pairs

/** Both sides of a recorded pair, as their cells had them. */
interface Recorded {
  readonly before: readonly StepBlocks[]
  readonly after: readonly StepBlocks[]
}

/** Runs one pair, unless it was recorded before. */
const record = async (percent: Percent, number: number): Promise<void> => {
  const file = join(recordings, `${percent}-${number}.json`)
  if (await readFile(file).catch(() => undefined)) return
  const target = (factor: number): string =>
    JSON.stringify({
      schemaVersion: 1,
      name: 'embedded',
      environment: 'embedded',
      workers: { recup: { count: 24, serviceMs: 40, variationRatio: 0.3, factors: { [slowed]: factor } } },
    })
  await mkdir(recordings, { recursive: true })
  const files = [1, 1 + percent / 100].map((factor, side) => ({ path: join(recordings, `side-${side}.yaml`), factor }))
  for (const { path, factor } of files) await writeFile(path, target(factor))
  const slice = ['--day', 'monday', '--from', '09:00', '--to', '09:02', '--seed', String(number)]
  const { dir, stderr } = await collaudo([
    ...['compare', '--ab', ...files.map(({ path }) => path), 'recup-day', ...slice, '--out', 'pair', '--quiet'],
  ])
  const [before, after] = await Promise.all(
    ['before', 'after'].map((side) => blocksOf(join(dir, 'pair', side), stderr)),
  )
  await writeFile(file, JSON.stringify({ before, after }))
  await rm(dir, { recursive: true, force: true })
}

const blocksOf = async (dir: string, stderr: string): Promise<readonly StepBlocks[]> => {
  const text = await readFile(join(dir, 'run.json'), 'utf8').catch(() => {
    throw new Error(`expected a record in ${dir}, got\n${stderr}`)
  })
  return readStepBlocks(dir, runRecordSchema.parse(JSON.parse(text)).phases)
}

const readRecorded = async (percent: Percent): Promise<readonly Recorded[]> => {
  const numbers = Array.from({ length: pairs[percent] }, (_, index) => index + 1)
  return Promise.all(
    numbers.map(async (number) => {
      const read = JSON.parse(await readFile(join(recordings, `${percent}-${number}.json`), 'utf8'))
      return { before: revived(read.before), after: revived(read.after) }
    }),
  )
}

type Stored = readonly (Omit<StepBlocks, 'blocks'> & {
  readonly blocks: readonly { answered: number[]; failed: number }[]
})[]

const revived = (steps: Stored): readonly StepBlocks[] =>
  steps.map(({ blocks, ...where }) => ({
    ...where,
    blocks: blocks.map(({ answered, failed }) => ({ answered: Histogram.parse(answered), failed })),
  }))

/** Some blocks of both sides, the same of each; the sides change places where nothing is slower, since either may be the first. */
const drawn = ({ before, after }: Recorded, { rng, isNull }: { rng: Rng; isNull: boolean }): Recorded => {
  const order = before[0]?.blocks.map((_, index) => ({ index, at: rng.float() })).sort((a, b) => a.at - b.at) ?? []
  const chosen = order.slice(0, blocksDrawn).map(({ index }) => index)
  const some = (steps: readonly StepBlocks[]): readonly StepBlocks[] =>
    steps.map((step) => ({ ...step, blocks: chosen.flatMap((index) => step.blocks[index] ?? []) }))
  return isNull && rng.float() < 0.5
    ? { before: some(after), after: some(before) }
    : { before: some(before), after: some(after) }
}

interface Told {
  /** Number of the recorded pair that it was drawn from. */
  readonly pair: number
  /** Ours, and a plain threshold on p95. */
  readonly ours: boolean
  readonly plain: boolean
}

type Asked = (step: Pick<StepBlocks, 'step'>) => boolean

/** Whether a comparison of all steps, as users get it, calls one of those slower that are asked about. */
const told = ({ before, after }: Recorded, isAsked: Asked): Omit<Told, 'pair'> => {
  const ours = compareSteps([before], after, { ...usualOptions('ab'), resamples: 1000 })
  return {
    ours: ours.steps.some((step) => step.verdict === 'regressed' && isAsked(step)),
    plain: before.filter(isAsked).some((step) => isAboveThreshold(step, after)),
  }
}

/** What most gates do: p95 of this run above 1.1 times that of the last, of steps with thirty requests. */
const isAboveThreshold = (step: StepBlocks, after: readonly StepBlocks[]): boolean => {
  const other = after.find((one) => one.journey === step.journey && one.step === step.step && one.phase === step.phase)
  const [a, b] = [step, other].map((one) => Histogram.merged(one?.blocks.map(({ answered }) => answered) ?? []))
  return !!a && !!b && Math.min(a.count, b.count) >= 30 && b.quantile(0.95) > 1.1 * a.quantile(0.95)
}

const rate = (all: readonly Told[], by: keyof Omit<Told, 'pair'>): number =>
  all.filter((one) => one[by]).length / all.length

/** Comparisons of one pair are no independent ones: whole pairs are drawn anew for the interval. */
const share = (all: readonly Told[], by: keyof Omit<Told, 'pair'>): string => {
  const ofPairs = [...new Set(all.map(({ pair }) => pair))].map((pair) =>
    rate(
      all.filter((one) => one.pair === pair),
      by,
    ),
  )
  const rng = rngOf(2)
  const means = Array.from({ length: 2000 }, () => {
    const drawnPairs = ofPairs.map(() => ofPairs[rng.below(ofPairs.length)] ?? 0)
    return drawnPairs.reduce((sum, one) => sum + one, 0) / ofPairs.length
  }).sort((a, b) => a - b)
  const percent = (ratio = 0) => `${(100 * ratio).toFixed(1)} %`
  return `${percent(rate(all, by))} (95 %: ${percent(means[50])} to ${percent(means[1949])})`
}

const repeated = (
  recorded: readonly Recorded[],
  { isNull, isAsked }: { readonly isNull: boolean; readonly isAsked: Asked },
): readonly Told[] =>
  recorded.flatMap((of, pair) =>
    Array.from({ length: comparisonsPerPair }, (_, number) => {
      const rng = rngOf(1)
        .split('detection')
        .at(pair * 1000 + number)
      return { pair, ...told(drawn(of, { rng, isNull }), isAsked) }
    }),
  )

const recall = async (percent: Exclude<Percent, 0>): Promise<Figure> => {
  const all = repeated(await readRecorded(percent), { isNull: false, isAsked: isSlowed })
  const ok = percent !== 10 || rate(all, 'ours') >= 0.95
  return { figure: `found in ${share(all, 'ours')} of ${all.length}; p95 above 1.1 ×: ${share(all, 'plain')}`, ok }
}

/** Of all thirty pairs: in those where one step is slower, the others are not. */
const falseAlarms = async (): Promise<Figure> => {
  const none = repeated(await readRecorded(0), { isNull: true, isAsked: () => true })
  const others = await Promise.all(([5, 10, 20] as const).map(readRecorded))
  const beside = repeated(others.flat(), { isNull: false, isAsked: (step) => !isSlowed(step) })
  const all = [...none, ...beside.map((one) => ({ ...one, pair: one.pair + pairs[0] }))]
  return {
    figure: `alarms in ${share(all, 'ours')} of ${all.length}; p95 above 1.1 ×: ${share(all, 'plain')}`,
    ok: rate(all, 'ours') <= 0.01,
  }
}

const recordingOf = (percent: Percent): readonly ProofCase[] =>
  Array.from({ length: pairs[percent] }, (_, index) => ({
    name: `pair ${index + 1} with one step ${percent} % slower`,
    limit: 'recorded',
    run: async () => {
      await record(percent, index + 1)
      return { figure: 'recorded', ok: true }
    },
  }))

/** Two targets side by side, one with a step that is slower by a known share: how often that is found, and how often what is not there. */
export const detection: Proof = {
  name: 'detection',
  cases: [
    ...([0, 5, 10, 20] as const).flatMap(recordingOf),
    { name: '5 % slower', limit: 'as it is', run: () => recall(5) },
    { name: '10 % slower', limit: 'found in at least 95 %', run: () => recall(10) },
    { name: '20 % slower', limit: 'as it is', run: () => recall(20) },
    { name: 'nothing slower', limit: 'alarms in at most 1 %', run: falseAlarms },
  ],
}
