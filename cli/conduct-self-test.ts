import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerDies } from '../chaos/experiments/runner-dies.ts'
import { exitCodes } from '../model/failure.ts'
import type { SuiteEntry } from '../results/suite.ts'
import type { Output } from './output.ts'
import { runsDir } from './run-id.ts'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

/** Starts another collaudo on an experiment, kills it with its fault still there, and sees whether anything is left. */
export const conductSelfTest = async (signal: AbortSignal, output: Output): Promise<SuiteEntry> => {
  const { selfTest } = await import('../runner/self-test.ts')
  const out = await mkdtemp(join(tmpdir(), 'collaudo-self-test-'))
  try {
    const command = [process.execPath, main, 'chaos', runnerDies.experiment, '--short', '--out', out]
    const { isClean, sentence } = await selfTest({ command, runsDir, signal, tell: (text) => output.phase(text) })
    return {
      experiment: runnerDies.name,
      verdict: isClean ? 'pass' : 'fail',
      exitCode: isClean ? exitCodes.pass : exitCodes.notRestored,
      held: isClean ? 'yes' : 'no',
      isRestored: isClean,
      scoreRatio: null,
      reasons: [`${sentence}.`],
      dir: '',
    }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}
