import { exitCodes } from '../model/failure.ts'
import type { Resilience, RunRecord } from '../model/run-record.ts'

/** What one experiment of a suite came to; `cannot`: its driver has no honest way to do it. */
export interface SuiteEntry {
  readonly experiment: string
  readonly verdict: RunRecord['verdict'] | 'cannot'
  readonly exitCode: number
  readonly held: Resilience['held']
  readonly isRestored: boolean
  readonly scoreRatio: number | null
  /** Worst first. */
  readonly reasons: readonly string[]
  /** Run folder; empty where nothing was run. */
  readonly dir: string
  /** The command that repeats it; absent where none was recorded. */
  readonly repeat?: string
}

export interface SuiteResult {
  readonly suite: string
  readonly exitCode: number
  /** Experiments that were conducted to a verdict / all. */
  readonly coverageRatio: number
  /** Mean of the scores that there are; null without any. */
  readonly scoreRatio: number | null
  /** Worst first. */
  readonly experiments: readonly SuiteEntry[]
  /** What to do next, most urgent first; a sentence each. */
  readonly next: readonly string[]
}

/** How urgent it is to look at an exit code, most urgent first. */
const urgency = [
  exitCodes.notRestored,
  exitCodes.crashed,
  exitCodes.failed,
  exitCodes.usage,
  exitCodes.refused,
  exitCodes.interrupted,
  exitCodes.invalid,
  exitCodes.pass,
] as const

const rank = ({ exitCode, verdict }: SuiteEntry): number =>
  urgency.indexOf(exitCode as (typeof urgency)[number]) + (verdict === 'cannot' ? 0.5 : 0)

/** Adds up a suite of so many planned experiments. What was not covered lowers the coverage that stands beside the score, never the score. */
export const suiteResult = (suite: string, entries: readonly SuiteEntry[], planned = entries.length): SuiteResult => {
  const experiments = entries.toSorted((a, b) => rank(a) - rank(b) || (a.scoreRatio ?? 1) - (b.scoreRatio ?? 1))
  const scores = entries.flatMap(({ scoreRatio }) => scoreRatio ?? [])
  const covered = entries.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail')
  return {
    suite,
    exitCode: experiments.find(({ verdict }) => verdict !== 'cannot')?.exitCode ?? exitCodes.invalid,
    coverageRatio: planned === 0 ? 0 : covered.length / planned,
    scoreRatio: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
    experiments,
    next: experiments.flatMap(nextOf),
  }
}

const nextOf = ({ experiment, verdict, isRestored, reasons, dir, repeat }: SuiteEntry): readonly string[] => {
  const [first = ''] = reasons
  if (!isRestored) return [`${experiment}: run collaudo restore now, something is still changed.`]
  switch (verdict) {
    case 'pass':
      return []
    case 'cannot':
      return [`${experiment}: not covered here, ${first}. Try it on containers or on a cluster.`]
    case 'inconclusive':
    case 'invalid':
      return [`${experiment}: do it again; ${first}`]
    default:
      return [
        `${experiment}: ${first} See ${dir}/report.html, mend it, then: ${repeat ?? `collaudo chaos ${experiment}`}`,
      ]
  }
}
