import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCapacity } from './capacity/stored-capacity.ts'
import { capacityMarkdown } from './reports/capacity/markdown.ts'

/** Writes `summary.md` and `report.html` from what is stored in the folder of a search. Throws a usage Failure without a record there. */
export const renderCapacity = async (dir: string): Promise<void> => {
  const record = readCapacity(dir)
  // Loaded only here: charts take a quarter of a second to load.
  const { capacityHtml } = await import('./reports/capacity/html.ts')
  await writeFile(join(dir, 'summary.md'), capacityMarkdown(record))
  await writeFile(join(dir, 'report.html'), capacityHtml(record))
}
