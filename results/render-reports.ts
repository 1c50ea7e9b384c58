import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readTimeline } from './read-timeline.ts'
import { readRecord } from './record.ts'
import { junitXml } from './reports/junit-xml.ts'
import { markdownSummary } from './reports/summary-markdown.ts'

/** More points than this say no more on a screen. */
const maxPoints = 120

/** Writes `summary.md`, `junit.xml` and `report.html` from what is stored in a run folder. Throws a usage Failure without a record there. */
export const renderReports = async (dir: string): Promise<void> => {
  const record = readRecord(dir)
  const streams = [...new Set(record.journeys.map(({ stream }) => stream))]
  const timeline = await readTimeline(dir, streams, maxPoints)
  // Loaded only here: charts take a quarter of a second to load.
  const { htmlReport } = await import('./reports/html.ts')
  await writeFile(join(dir, 'summary.md'), markdownSummary(record))
  await writeFile(join(dir, 'junit.xml'), junitXml(record))
  await writeFile(join(dir, 'report.html'), htmlReport(record, timeline))
}
