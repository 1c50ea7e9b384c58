import { join } from 'node:path'
import { runnerDies } from '../chaos/experiments/runner-dies.ts'
import type { Suite } from '../chaos/experiments/suites.ts'
import { Failure } from '../model/failure.ts'
import { type SuiteEntry, type SuiteResult, suiteResult } from '../results/suite.ts'
import { readExperiment } from '../runner/read-experiment.ts'
import { shortForm } from '../runner/short-form.ts'
import { type ChaosOptions, conductExperiment } from './conduct-experiment.ts'
import { conductSelfTest } from './conduct-self-test.ts'
import { codeOf } from './exit-code-of.ts'
import type { Output } from './output.ts'

/** Conducts the experiments of a suite one after the other, whatever each of them comes to; a signal ends it after the one under way. */
export const conductSuite = async (
  { name, experiments }: Suite,
  { options, signal }: { readonly options: ChaosOptions; readonly signal: AbortSignal },
  output: Output,
): Promise<SuiteResult> => {
  const entries: SuiteEntry[] = []
  for (const [index, experiment] of experiments.entries()) {
    if (signal.aborted) break
    output.phase(`\n${experiment}  (${index + 1} of ${experiments.length})`)
    const entry = await entryOf(experiment, { options, signal }, output)
    entries.push(entry)
    output.phase(`${experiment}: ${entry.verdict}${entry.reasons[0] ? `, ${entry.reasons[0]}` : ''}`)
  }
  return suiteResult(name, entries, experiments.length)
}

const entryOf = async (
  name: string,
  { options, signal }: { readonly options: ChaosOptions; readonly signal: AbortSignal },
  output: Output,
): Promise<SuiteEntry> => {
  const out = options.out === undefined ? {} : { out: join(options.out, name) }
  try {
    if (name === runnerDies.name) return await conductSelfTest(signal, options, output)
    const read = await readExperiment(name)
    const experiment = options.short ? shortForm(read) : read
    const { record, dir } = await conductExperiment({ name, experiment, signal }, { ...options, ...out }, output)
    const { verdict, exitCode, reasons, resilience } = record
    return {
      experiment: name,
      verdict,
      exitCode,
      held: resilience?.held ?? 'unknown',
      isRestored: resilience?.isRestored ?? true,
      scoreRatio: resilience?.scoreRatio ?? null,
      reasons,
      dir,
      repeat: record.provenance.commandLine,
    }
  } catch (error) {
    if (!(error instanceof Failure)) return crashed(name, error)
    return {
      experiment: name,
      verdict: error.kind === 'cannot' ? 'cannot' : 'invalid',
      exitCode: codeOf[error.kind],
      held: 'unknown',
      isRestored: error.kind !== 'not-restored',
      scoreRatio: null,
      reasons: [error.message.replace(/\.$/, '')],
      dir: '',
    }
  }
}

/** A defect of ours in one of them is no reason to lose the others. */
const crashed = (experiment: string, error: unknown): SuiteEntry => ({
  experiment,
  verdict: 'invalid',
  exitCode: codeOf.crashed,
  held: 'unknown',
  isRestored: true,
  scoreRatio: null,
  reasons: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  dir: '',
})
