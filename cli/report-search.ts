import { join } from 'node:path'
import type { Output } from './output.ts'

/** Makes the reports of a search from its stored record, and prints what it came to. Throws a usage Failure without a record. */
export const reportSearch = async (dir: string, output: Output): Promise<void> => {
  const { readCapacity } = await import('../results/capacity/stored-capacity.ts')
  const { renderCapacity } = await import('../results/render-capacity.ts')
  const { capacityText } = await import('../results/reports/capacity/text.ts')
  const record = readCapacity(dir)
  await renderCapacity(dir)
  output.result(`${capacityText(record, output.style)}\nreport: ${join(dir, 'report.html')}`, record)
}
