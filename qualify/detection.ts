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

const readRecorded = async (percent: Percent, number: number): Promise<Recorded> => {
  const read = JSON.parse(await readFile(join(recordings, `${percent}-${number}.json`), 'utf8'))
  return { before: revived(read.before), after: revived(read.after) }
}

const numbersOf = (percent: Percent): readonly number[] =>
  Array.from({ length: pairs[percent] }, (_, index) => index + 1)

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

/** What was called slower in one comparison: the step that was slowed, or any other. */
interface Called {
  readonly slowed: boolean
  readonly others: boolean
}

/** By us, and by a plain threshold on p95. */
interface Told {
  readonly ours: Called
  readonly plain: Called
}

type Judge = keyof Told

/** A comparison of all steps, as users get it. */
const told = ({ before, after }: Recorded): Told => {
  const { steps } = compareSteps([before], after, { ...usualOptions('ab'), resamples: 1000 })
  return {
    ours: calledOf(steps.filter(({ verdict }) => verdict === 'regressed')),
    plain: calledOf(before.filter((step) => isAboveThreshold(step, after))),
  }
}

const calledOf = (slower: readonly Pick<StepBlocks, 'step'>[]): Called => ({
  slowed: slower.some(isSlowed),
  others: slower.some((step) => !isSlowed(step)),
})

/** What most gates do: p95 of this run above 1.1 times that of the last, of steps with thirty requests. */
const isAboveThreshold = (step: StepBlocks, after: readonly StepBlocks[]): boolean => {
  const other = after.find((one) => one.journey === step.journey && one.step === step.step && one.phase === step.phase)
  const [a, b] = [step, other].map((one) => Histogram.merged(one?.blocks.map(({ answered }) => answered) ?? []))
  return !!a && !!b && Math.min(a.count, b.count) >= 30 && b.quantile(0.95) > 1.1 * a.quantile(0.95)
}

/** Compares a recorded pair again and again, and keeps what came of it. */
const compareOften = async (percent: Percent, number: number): Promise<readonly Told[]> => {
  const recorded = await readRecorded(percent, number)
  const all = Array.from({ length: comparisonsPerPair }, (_, at) => {
    const rng = rngOf(1).split(`${percent} %, ${number}`).at(at)
    return told(drawn(recorded, { rng, isNull: percent === 0 }))
  })
  await writeFile(toldFile(percent, number), JSON.stringify(all))
  return all
}

const toldFile = (percent: Percent, number: number): string => join(recordings, `${percent}-${number}.told.json`)

/** Of each pair of some slownesses the share of comparisons that something was called in. */
const shares = async (percents: readonly Percent[], isCalled: (told: Told) => boolean): Promise<readonly number[]> => {
  const files = percents.flatMap((percent) => numbersOf(percent).map((number) => toldFile(percent, number)))
  return Promise.all(
    files.map(async (file) => {
      const all: readonly Told[] = JSON.parse(await readFile(file, 'utf8'))
      return all.filter(isCalled).length / all.length
    }),
  )
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

/** Comparisons of one pair are no independent ones: whole pairs are drawn anew for the interval. */
const share = (ofPairs: readonly number[]): string => {
  const rng = rngOf(2)
  const means = Array.from({ length: 2000 }, () =>
    meanOf(ofPairs.map(() => ofPairs[rng.below(ofPairs.length)] ?? 0)),
  ).sort((a, b) => a - b)
  const percent = (ratio = 0) => `${(100 * ratio).toFixed(1)} %`
  return `${percent(meanOf(ofPairs))} (95 %: ${percent(means[50])} to ${percent(means[1949])})`
}

const recall = async (percent: Exclude<Percent, 0>): Promise<Figure> => {
  const by = (judge: Judge) => shares([percent], (one) => one[judge].slowed)
  const [ours, plain] = [await by('ours'), await by('plain')]
  const count = ours.length * comparisonsPerPair
  const ok = percent !== 10 || meanOf(ours) >= 0.95
  return { figure: `found in ${share(ours)} of ${count}; p95 above 1.1 ×: ${share(plain)}`, ok }
}

/** Of all thirty pairs: in those where one step is slower, the others are not. */
const falseAlarms = async (): Promise<Figure> => {
  const by = async (judge: Judge) => [
    ...(await shares([0], (one) => one[judge].slowed || one[judge].others)),
    ...(await shares([5, 10, 20], (one) => one[judge].others)),
  ]
  const [ours, plain] = [await by('ours'), await by('plain')]
  return {
    figure: `alarms in ${share(ours)} of ${ours.length * comparisonsPerPair}; p95 above 1.1 ×: ${share(plain)}`,
    ok: meanOf(ours) <= 0.01,
  }
}

const recordingOf = (percent: Percent): readonly ProofCase[] =>
  numbersOf(percent).map((number) => ({
    name: `pair ${number} with one step ${percent} % slower`,
    limit: 'recorded and compared',
    run: async () => {
      await record(percent, number)
      const all = await compareOften(percent, number)
      const count = (isCalled: (called: Called) => boolean) => all.filter(({ ours }) => isCalled(ours)).length
      const figure = `that step called slower in ${count(({ slowed: is }) => is)} of ${all.length}, others in ${count(({ others }) => others)}`
      return { figure, ok: true }
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
