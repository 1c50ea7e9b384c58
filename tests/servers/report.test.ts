import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { renderReports } from '../../results/render-reports.ts'
import { finishedRun } from '../results/finished-run.ts'

const openReport = async (width: number) => {
  const { dir, record } = await finishedRun()
  await renderReports(dir)
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  const problems: string[] = []
  const requests: string[] = []
  page.on('console', (message) => problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(pathToFileURL(join(dir, 'report.html')).href)
  return { page, problems, requests, record }
}

describe.each([1280, 400])('the report in Chromium, %i pixels wide', (width) => {
  test('shows the verdict on the first screen, needs nothing but itself, and reports no problem', async () => {
    const { page, problems, requests, record } = await openReport(width)
    const heading = page.getByRole('heading', { level: 1 })
    expect((await heading.textContent())?.toLowerCase()).toContain(record.verdict)
    expect((await heading.boundingBox())?.y).toBeLessThan(200)
    expect(problems).toEqual([])
    expect(requests).toHaveLength(1)
  })

  test('draws its charts, and the page does not scroll sideways', async () => {
    const { page } = await openReport(width)
    const charts = await page.locator('svg:visible').all()
    expect(charts.length).toBeGreaterThanOrEqual(3)
    for (const chart of charts) expect((await chart.boundingBox())?.height).toBeGreaterThan(50)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  })
})
