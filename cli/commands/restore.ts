import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { journalPath, journalsIn } from '../../chaos/restoring/journal.ts'
import { type Restored, restoreRun } from '../../chaos/restoring/restore-run.ts'
import { Failure } from '../../model/failure.ts'
import { Output, type OutputOptions } from '../output.ts'
import { runsDir } from '../run-id.ts'

interface RestoreOptions extends OutputOptions {
  readonly run?: string
}

/** `collaudo restore`: idempotent; exits with 5 when something is still changed. */
export const restoreCommand = (): Command =>
  new Command('restore')
    .description('Ends every fault and every process that a run has left that was killed.')
    .option('--run <id>', 'only what this run has left')
    .addHelpText('after', '\nExamples:\n  collaudo restore\n  collaudo restore --run 20261125-223000-abcd')
    .action(async (options: RestoreOptions) => {
      const output = new Output(options)
      const results: Restored[] = []
      for (const path of journalsOf(options)) {
        results.push(await restoreRun(path, { by: 'restore', now: Date.now, sleep }))
      }
      output.result(inWords(results), results)
      const left = results.flatMap(({ left: still }) => still)
      if (left.length === 0) return
      throw new Failure(
        'not-restored',
        `expected nothing left, got ${left.join('; ')}`,
        'end it by hand, then run collaudo restore again',
      )
    })

const journalsOf = ({ run }: RestoreOptions): readonly string[] => {
  if (run === undefined) return journalsIn(runsDir)
  const path = journalPath(runsDir, run)
  if (existsSync(path)) return [path]
  throw new Failure('usage', `expected a run with an experiment, got ${run}`, 'leave --run out to look at all of them')
}

const inWords = (results: readonly Restored[]): string => {
  const told = results.filter(({ state }) => state !== 'clean').map(lineOf)
  return told.length > 0 ? told.join('\n') : 'Nothing is left of any run.'
}

const lineOf = ({ run, state, faults, processes, contained, left }: Restored): string => {
  switch (state) {
    case 'running':
      return `${run}: goes on, and looks after itself`
    case 'left':
      return `${run}: still there: ${left.join('; ')}`
    case 'clean':
    case 'restored':
      return `${run}: ${faults} faults and ${processes} processes ended${contained > 0 ? ', containers removed' : ''}`
  }
}
