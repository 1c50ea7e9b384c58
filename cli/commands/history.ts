import { Command } from 'commander'
import { Output, type OutputOptions } from '../output.ts'
import { runsDir } from '../run-id.ts'

interface HistoryOptions extends OutputOptions {
  readonly step?: string
}

/** `collaudo history`: how the steps of like runs came out over time. */
export const historyCommand = (): Command =>
  new Command('history')
    .argument('[scenario]', 'only of this scenario or experiment')
    .description('Shows how each step came out over the runs of a plan, what is usual, and the runs outside of that.')
    .option('--step <stream/journey/step>', 'one step, run by run')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo history recup-day\n  collaudo history recup-day --step web/book/search',
    )
    .action(async (name: string | undefined, options: HistoryOptions) => {
      const { historyFileIn } = await import('../../results/history/history-file-in.ts')
      const { historyOf } = await import('../history-of.ts')
      const { historyText } = await import('../../results/reports/history-text.ts')
      const output = new Output(options)
      const { groups, unreadableLines, step, document } = await historyOf(historyFileIn(runsDir), name, options.step)
      if (unreadableLines > 0) output.phase(`${unreadableLines} lines of the history could not be read`)
      output.result(historyText(groups, { step, style: output.style }), document)
    })
