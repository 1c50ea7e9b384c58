import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readLikeRuns } from './history/read-like-runs.ts'
import { readCells } from './read-cells.ts'
import { readTimeline } from './read-timeline.ts'
import { chaosToolkitJournal } from './reports/chaos-toolkit-journal.ts'
import { junitXml } from './reports/junit-xml.ts'
import { loadPerformance } from './reports/load-performance.ts'
import { markdownSummary } from './reports/summary-markdown.ts'
import { readRecord } from './stored-record.ts'

/** More points than this say no more on a screen. */
const maxPoints = 120

/**
 * Writes `summary.md`, `junit.xml`, `load-performance.json`, `report.html` and, of an experiment, `chaos-toolkit.json` from what is stored in a
 * run folder, and the trend of like runs from a history where one is named. Throws a usage Failure without a record there.
 */
export const renderReports = async (dir: string, history?: string): Promise<void> => {
  const record = readRecord(dir)
  const streams = [...new Set(record.journeys.map(({ stream }) => stream))]
  const untilMs = record.phases.find(({ name }) => name === 'drain')?.fromMs ?? Number.POSITIVE_INFINITY
  const timeline = await readTimeline(dir, { streams, untilMs }, maxPoints)
  // Loaded only here: charts take a quarter of a second to load.
  const { htmlReport } = await import('./reports/html.ts')
  await writeFile(join(dir, 'summary.md'), markdownSummary(record))
  await writeFile(join(dir, 'junit.xml'), junitXml(record))
  const { steps } = await readCells(dir)
  await writeFile(join(dir, 'load-performance.json'), `${JSON.stringify(loadPerformance(record, steps), null, 2)}\n`)
  const journal = chaosToolkitJournal(record)
  if (journal) await writeFile(join(dir, 'chaos-toolkit.json'), `${JSON.stringify(journal, null, 2)}\n`)
  await writeFile(
    join(dir, 'report.html'),
    htmlReport(record, timeline, history === undefined ? [] : await readLikeRuns(history, record)),
  )
}
