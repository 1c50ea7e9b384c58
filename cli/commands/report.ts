import { join } from 'node:path'
import { Command } from 'commander'
import { openInBrowser } from '../open-in-browser.ts'
import { Output, type OutputOptions } from '../output.ts'
import { runFolderOf, runsDir } from '../run-id.ts'

/** `collaudo report`: rebuilds every report of a run from its stored record. */
export const reportCommand = (): Command =>
  new Command('report')
    .argument('<run>', 'id of a run, or its folder')
    .description('Rebuilds every report of a run from its stored record.')
    .option('--open', 'show report.html in the browser')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo report r20261124-231305-042\n  collaudo report runs/r20261124-231305-042 --open',
    )
    .action(async (run: string, options: OutputOptions & { open?: boolean }) => {
      const dir = runFolderOf(run)
      const { readRecord } = await import('../../results/record.ts')
      const { historyFileIn } = await import('../../results/history/history-file-in.ts')
      const { renderReports } = await import('../../results/render-reports.ts')
      const { terminalResult } = await import('../../results/reports/terminal.ts')
      const record = readRecord(dir)
      await renderReports(dir, historyFileIn(runsDir))
      const output = new Output(options)
      const report = join(dir, 'report.html')
      output.result(`${terminalResult(record, output.style)}\nreport: ${report}`, record)
      if (options.open) await openInBrowser(report)
    })
