import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runnerDies } from '../chaos/experiments/runner-dies.ts'
import { programFile } from '../home/home.ts'
import { exitCodes } from '../model/failure.ts'
import type { SuiteEntry } from '../results/suite.ts'
import { guardExperiment } from '../runner/guard-experiment.ts'
import { readExperiment } from '../runner/read-experiment.ts'
import { readTarget } from '../runner/read-target.ts'
import type { SelfTestResult } from '../runner/self-test.ts'
import type { ChaosOptions } from './conduct-experiment.ts'
import type { Output } from './output.ts'
import { runsDir } from './run-id.ts'

const outcomes = {
  clean: { verdict: 'pass', exitCode: exitCodes.pass, held: 'yes', isRestored: true },
  left: { verdict: 'fail', exitCode: exitCodes.notRestored, held: 'no', isRestored: false },
  'not-begun': { verdict: 'invalid', exitCode: exitCodes.invalid, held: 'unknown', isRestored: true },
} as const satisfies Readonly<Record<SelfTestResult['kind'], Partial<SuiteEntry>>>

/** Starts another collaudo on an experiment, kills it with its fault still there, and sees whether anything is left. */
export const conductSelfTest = async (
  signal: AbortSignal,
  { target, seed, defect }: Pick<ChaosOptions, 'target' | 'seed' | 'defect'>,
  output: Output,
): Promise<SuiteEntry> => {
  const experiment = await readExperiment(runnerDies.experiment)
  guardExperiment(experiment, await readTarget(target))
  const { selfTest } = await import('../runner/self-test.ts')
  const out = await mkdtemp(join(tmpdir(), 'collaudo-self-test-'))
  try {
    const options = ['--target', target, '--seed', seed, ...defect.flatMap((one) => ['--defect', one])]
    const command = [
      process.execPath,
      programFile('cli/main.ts'),
      'chaos',
      runnerDies.experiment,
      '--short',
      '--out',
      out,
      ...options,
    ]
    const { kind, sentence } = await selfTest({ command, runsDir, signal, tell: (text) => output.phase(text) })
    return {
      experiment: runnerDies.name,
      ...outcomes[kind],
      scoreRatio: null,
      reasons: [`${sentence}.`],
      dir: '',
    }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}
