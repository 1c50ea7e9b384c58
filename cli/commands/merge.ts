import { join } from 'node:path'
import { Command } from 'commander'
import { emptyFolder } from '../empty-folder.ts'
import { Output, type OutputOptions } from '../output.ts'
import { runsDir } from '../run-id.ts'

interface MergeOptions extends OutputOptions {
  readonly out?: string
}

/** `collaudo merge`: one record of what the parts of a load have brought back; exits with the verdict's code. */
export const mergeCommand = (signal: AbortSignal): Command =>
  new Command('merge')
    .argument('<dir>', 'the folder of the split')
    .argument('[more...]', 'folders with what other machines have brought back')
    .description('Waits for the parts of a split load, reads back, judges and reports; the exit code is the verdict.')
    .option('--out <dir>', 'an empty folder for the run (default: runs/<id>)')
    .addHelpText('after', '\nExamples:\n  collaudo merge monday\n  collaudo merge monday from-machine-2 from-machine-3')
    .action(async (home: string, more: readonly string[], options: MergeOptions) => {
      const { merge, readSplit } = await import('../../runner/parts/merge.ts')
      const { terminalResult } = await import('../../results/reports/terminal.ts')
      const { id } = readSplit(home)
      const output = new Output(options)
      const dir = await emptyFolder(options.out ?? join(runsDir, id))
      const record = await merge({
        ...{ dirs: [home, ...more], dir, runsDir, signal },
        env: process.env,
        events: { phase: (text) => output.phase(text), waiting: (text) => output.live(text) },
      })
      output.settle()
      output.result(`${terminalResult(record, output.style)}\nreport: ${join(dir, 'report.html')}`, record)
      const { tellGithubOfRun } = await import('../tell-github-of-run.ts')
      tellGithubOfRun(record, process.env, output)
      process.exitCode = record.exitCode
    })
