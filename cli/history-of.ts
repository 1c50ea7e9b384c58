import { existsSync } from 'node:fs'
import { Failure } from '../model/failure.ts'
import type { LikeRuns } from '../results/history/like-runs.ts'
import { type History, readHistory } from '../results/history/read-history.ts'
import { nameOf } from '../results/history/step-name.ts'
import { stepTrends } from '../results/history/step-trends.ts'

interface Asked extends History {
  /** `stream/journey/step` */
  readonly step: string | undefined
  /** For machines: every kind of runs, every step of it. */
  readonly document: object
}

/** What a history holds of a scenario, an experiment or a step. Throws a usage Failure for one that it does not hold, and without a history. */
export const historyOf = async (
  file: string,
  name: string | undefined,
  typedStep: string | undefined,
): Promise<Asked> => {
  if (!existsSync(file)) {
    throw new Failure(
      'usage',
      `expected a history in ${file}, got none`,
      'collaudo run or chaos, in this folder, begins one',
    )
  }
  const found = new Set<string>()
  const { groups: all, unreadableLines } = await readHistory(file, {
    accepts: ({ scenario, experiment }) => {
      for (const one of [scenario, experiment ?? scenario]) found.add(one)
      return name === undefined || scenario === name || experiment === name
    },
  })
  if (all.length === 0) {
    throw new Failure(
      'usage',
      `expected runs of ${[...found].join(', ') || 'any scenario'} in ${file}, got ${name ?? 'none'}`,
      'collaudo history',
    )
  }
  const step = typedStep?.replace(/\s*\/\s*/g, '/').trim()
  const groups = step === undefined ? all : withStep(all, step)
  return {
    groups,
    unreadableLines,
    step,
    document: { unreadableLines, groups: groups.map((group) => documentOf(group, step)) },
  }
}

const stepsOf = ({ entries }: LikeRuns): readonly string[] => (entries.at(-1)?.steps ?? []).map(nameOf)

const withStep = (groups: readonly LikeRuns[], step: string): readonly LikeRuns[] => {
  const having = groups.filter((group) => stepsOf(group).includes(step))
  if (having.length > 0) return having
  const known = [...new Set(groups.flatMap(stepsOf))]
  throw new Failure(
    'usage',
    `--step: expected one of ${known.join(', ')}, got ${step}`,
    'collaudo history shows the steps',
  )
}

const documentOf = ({ entries, runs }: LikeRuns, step: string | undefined): object => {
  const last = entries.at(-1)
  return {
    scenario: last?.scenario,
    experiment: last?.experiment,
    target: last?.target,
    fingerprint: last?.fingerprint,
    seed: last?.seed,
    defects: last?.defects,
    runs,
    steps: stepTrends(entries).filter((trend) => step === undefined || nameOf(trend) === step),
  }
}
