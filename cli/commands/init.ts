import { Command } from 'commander'
import { makeProject } from '../make-project.ts'
import { Output, type OutputOptions } from '../output.ts'

/** `collaudo init`: a small project of one's own that runs. */
export const initCommand = (): Command =>
  new Command('init')
    .argument('[dir]', 'the folder of the project', '.')
    .description('Makes a small project of your own that runs: a scenario, an experiment, a target to fill in.')
    .addHelpText('after', '\nExamples:\n  collaudo init && collaudo run\n  collaudo init load-tests')
    .action((dir: string, options: OutputOptions) => {
      const files = makeProject(dir)
      const next = ['collaudo run', 'collaudo chaos slow-bookings', 'collaudo list']
      const enter = dir === '.' ? [] : [`cd ${dir}`]
      const text = [...files, '', 'now:', ...[...enter, ...next].map((command) => `  ${command}`)]
      new Output(options).result(text.join('\n'), { dir, files })
    })
