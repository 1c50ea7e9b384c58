import { CommanderError } from 'commander'
import { exitCodes, Failure } from '../model/failure.ts'
import { githubAnnotations } from '../results/reports/github-annotations.ts'
import { codeOf } from './exit-code-of.ts'
import { whenLauncherIsGone } from './launcher-gone.ts'
import { program } from './program.ts'

const stop = new AbortController()
let interruptedMs = 0
const interrupt = (signal: NodeJS.Signals) => {
  if (stop.signal.aborted) {
    // Sent to the whole group, a signal arrives twice: from the sender and through the launcher.
    if (performance.now() - interruptedMs < 1000) return
    process.stderr.write('\nstill stopping: what was started is being read back and ended\n')
    return
  }
  process.stderr.write(`\n${signal}: stopping; what a load has started is read back first\n`)
  interruptedMs = performance.now()
  stop.abort(new Failure('interrupted', `expected to go on, got ${signal}`, 'nothing is left running'))
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
whenLauncherIsGone(process.env, () => interrupt('SIGHUP'))

try {
  await program(stop.signal).parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage
  if (error instanceof Failure) {
    process.stderr.write(`collaudo: ${error.message}\n  → ${error.hint}\n`)
    const annotation = { kind: 'error', title: 'collaudo', message: `${error.message}\n${error.hint}` } as const
    if (process.env.GITHUB_ACTIONS === 'true') process.stderr.write(githubAnnotations([annotation]))
    return codeOf[error.kind]
  }
  const isDiskFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
  if (isDiskFull) {
    process.stderr.write(
      'collaudo: expected room on the disk, got none (ENOSPC)\n  → free some space, or choose another --out\n',
    )
    return exitCodes.usage
  }
  process.stderr.write(
    `collaudo: ${error instanceof Error ? error.stack : error}\n  → this is a defect of collaudo: please report it\n`,
  )
  return exitCodes.crashed
}
