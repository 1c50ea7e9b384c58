import { join } from 'node:path'
import { Command } from 'commander'
import { openInBrowser } from '../open-in-browser.ts'
import { Output, type OutputOptions } from '../output.ts'
import { reportSearch } from '../report-search.ts'
import { runFolderOf, runsDir } from '../run-id.ts'

/** `collaudo report`: rebuilds every report of a run, or of a search, from its stored record. */
export const reportCommand = (): Command =>
  new Command('report')
    .argument('<run>', 'id of a run or of a search, or its folder')
    .description('Rebuilds every report of a run or of a search from its stored record.')
    .option('--open', 'show report.html in the browser')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo report r20261124-231305-042\n  collaudo report runs/r20261124-231305-042 --open',
    )
    .action(async (run: string, options: OutputOptions & { open?: boolean }) => {
      const dir = runFolderOf(run)
      const output = new Output(options)
      const { hasCapacity } = await import('../../results/capacity/stored-capacity.ts')
      await (hasCapacity(dir) ? reportSearch(dir, output) : reportRun(dir, output))
      if (options.open) await openInBrowser(join(dir, 'report.html'))
    })

const reportRun = async (dir: string, output: Output): Promise<void> => {
  const { historyFileIn } = await import('../../results/history/history-file-in.ts')
  const { readRecord } = await import('../../results/stored-record.ts')
  const { renderReports } = await import('../../results/render-reports.ts')
  const { terminalResult } = await import('../../results/reports/terminal.ts')
  const record = readRecord(dir)
  await renderReports(dir, historyFileIn(runsDir))
  output.result(`${terminalResult(record, output.style)}\nreport: ${join(dir, 'report.html')}`, record)
}
