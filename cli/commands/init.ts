import { Command } from 'commander'
import { makeProject } from '../make-project.ts'
import { Output, type OutputOptions } from '../output.ts'
import { repeatCommand } from '../repeat-command.ts'

/** `collaudo init`: a small project of one's own that runs. */
export const initCommand = (): Command =>
  new Command('init')
    .argument('[dir]', 'the folder of the project', '.')
    .description('Makes a small project of your own that runs: a scenario, an experiment, a target to fill in.')
    .addHelpText('after', '\nExamples:\n  npx collaudo init && npx collaudo run\n  npx collaudo init load-tests')
    .action((dir: string, options: OutputOptions) => {
      const files = makeProject(dir)
      const next = [['run'], ['chaos', 'slow-bookings'], ['list']].map(repeatCommand)
      const where = dir === '.' ? 'now:' : `now, in ${dir}:`
      const text = [...files, '', where, ...next.map((command) => `  ${command}`)]
      new Output(options).result(text.join('\n'), { dir, files })
    })
