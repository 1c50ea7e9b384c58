import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { appendHistory } from '../../../results/history/append-history.ts'
import { historyEntryOf } from '../../../results/history/history-entry-of.ts'
import { renderReports } from '../../../results/render-reports.ts'
import { trendSection } from '../../../results/reports/html-trend.ts'
import { finishedRun } from '../finished-run.ts'
import { plan } from '../fixture.ts'
import { historyRun } from '../history/history-runs.ts'

describe('trendSection', () => {
  it('draws the median of each step over the runs, the last with a dot, and says what is usual', () => {
    const { text } = trendSection([300, 303, 297, 300, 306, 600].map((p95Ms, index) => historyRun(index, p95Ms)))
    expect(text).toContain('web / book / search')
    expect(text).toContain('aria-label="6 runs"')
    // From 0 at the bottom to the highest at the top, oldest at the left.
    expect(text).toContain('<path d="M3.0 12.0L25.8 11.9L')
    expect(text).toContain('L117.0 3.0"')
    expect(text).toContain('<circle cx="117.0" cy="3.0"')
    expect(text).toMatch(/200 ms.*100 ms ± 4.45 ms/s)
  })

  it('leaves a gap where a step was not answered', () => {
    const { text } = trendSection([historyRun(0), historyRun(1, null), historyRun(2)])
    expect(text).toContain('d="M3.0 3.0M117.0 3.0"')
  })

  it('is nothing for the first run', () => {
    expect(trendSection([historyRun(0)]).text).toBe('')
    expect(trendSection([]).text).toBe('')
  })
})

describe('report.html', () => {
  it('has the trend of a history that is there, and is the same when it is rebuilt after later runs', async () => {
    const { dir, record } = await finishedRun()
    const folder = mkdtempSync(join(tmpdir(), 'collaudo-trend-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const history = join(folder, 'history.ndjson')
    const entry = historyEntryOf(record, plan().totals)
    for (const id of ['r1', record.id]) appendHistory(history, { ...entry, id })
    const report = async () => {
      await renderReports(dir, history)
      return readFileSync(join(dir, 'report.html'), 'utf8')
    }
    const first = await report()
    expect(first).toContain('<h2>Trend')
    expect(first.match(/class="spark"/g)).toHaveLength(entry.steps.length)
    appendHistory(history, { ...entry, id: 'r3' })
    expect(await report()).toBe(first)
    await renderReports(dir)
    expect(readFileSync(join(dir, 'report.html'), 'utf8')).not.toContain('<h2>Trend')
  })
})
