import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { writeCapacity } from '../../results/capacity/stored-capacity.ts'
import { compare } from '../../results/comparison/compare.ts'
import { readFinishedRun } from '../../results/comparison/finished-run.ts'
import { withComparison } from '../../results/comparison/with-comparison.ts'
import { renderCapacity } from '../../results/render-capacity.ts'
import { renderReports } from '../../results/render-reports.ts'
import { writeRecord } from '../../results/stored-record.ts'
import { capacityRecord, searchOf } from '../results/capacity/searched.ts'
import { comparableRun } from '../results/comparison/comparable-run.ts'
import { emptyFolder } from '../results/fixture.ts'

/** A run that became slower than another one, with its report. */
const comparedRun = async () => {
  const before = await readFinishedRun((await comparableRun()).dir)
  const { dir } = await comparableRun({ searchFactor: 1.5 })
  const { record, steps } = await readFinishedRun(dir)
  const sideOf = (id: string, of: typeof steps) => ({ name: id, runs: [{ id, steps: of }] })
  const comparison = compare('baseline', { before: sideOf('before', before.steps), after: sideOf(record.id, steps) })
  const compared = withComparison(record, comparison)
  writeRecord(dir, compared)
  await renderReports(dir)
  return { dir, verdict: compared.verdict }
}

/** A search for capacity that found everything, with its report. */
const search = async () => {
  const growth = { lowRatio: 0.02, highRatio: 0.05, lowMonths: 334, highMonths: 850 }
  const record = capacityRecord({ growth, without: { component: 'recup#2', search: searchOf() } })
  const dir = emptyFolder()
  writeCapacity(dir, record)
  await renderCapacity(dir)
  return { dir, verdict: record.verdict }
}

const kinds = { run: comparedRun, search } as const
type Kind = keyof typeof kinds

const openReport = async (kind: Kind, width: number, colorScheme: 'dark' | 'light') => {
  const { dir, verdict } = await kinds[kind]()
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
  const problems: string[] = []
  const requests: string[] = []
  page.on('console', (message) => problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(pathToFileURL(join(dir, 'report.html')).href)
  return { page, problems, requests, verdict }
}

/** Contrast of text and what is behind it (WCAG 2.2: (L1 + 0.05) / (L2 + 0.05)), the least of all that can be seen and read. */
const leastContrast = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number)
  const luminance = ([r, g, b]) => [r, g, b].map((value) => value / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0)
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor)
      if (color[3] !== 0) return color
    }
    return [255, 255, 255]
  }
  const texts = [...document.querySelectorAll('h1, h2, h3, h4, p, li, th, td, span, summary, code, pre, a')]
    .filter((element) => element.textContent.trim() !== '' && element.checkVisibility())
  return Math.min(...texts.map((element) => {
    const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(behind(element))]
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
  }))
})()`

const screens = [
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const
const views = (['run', 'search'] as const).flatMap((kind) => screens.map((screen) => [kind, ...screen] as const))

describe.each(views)('the report of a %s in Chromium, %i pixels wide, %s', (kind, width, scheme) => {
  test('shows the verdict on the first screen, needs nothing but itself, and reports no problem', async () => {
    const { page, problems, requests, verdict } = await openReport(kind, width, scheme)
    const heading = page.getByRole('heading', { level: 1 })
    expect((await heading.textContent())?.toLowerCase()).toContain(verdict)
    expect((await heading.boundingBox())?.y).toBeLessThan(200)
    expect(problems).toEqual([])
    expect(requests).toHaveLength(1)
  })

  test('draws its charts, and the page does not scroll sideways', async () => {
    const { page } = await openReport(kind, width, scheme)
    const charts = await page.locator('figure svg:visible').all()
    expect(charts.length).toBeGreaterThanOrEqual(kind === 'run' ? 3 : 4)
    for (const chart of charts) expect((await chart.boundingBox())?.height).toBeGreaterThan(50)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  })

  test('can be read: every text stands out from what is behind it', async () => {
    const { page } = await openReport(kind, width, scheme)
    expect(await page.evaluate(leastContrast)).toBeGreaterThanOrEqual(4.5)
  })

  test('leads from its numbers to how they were computed, without leaving the page', async () => {
    const { page, requests } = await openReport(kind, width, scheme)
    const links = await page.getByRole('link', { name: 'how it is computed' }).all()
    expect(links.length).toBeGreaterThanOrEqual(kind === 'run' ? 6 : 3)
    for (const link of links) {
      await link.click()
      const target = page.locator((await link.getAttribute('href')) ?? 'nothing')
      expect((await target.boundingBox())?.y).toBeLessThan(900)
      expect(await target.getByRole('heading').first().isVisible()).toBe(true)
    }
    expect(requests).toHaveLength(1)
  })
})

describe.each(screens)('the report of a run that was compared, %i pixels wide, %s', (width, scheme) => {
  test('shows what became worse, and folds away what did not change', async () => {
    const { page } = await openReport('run', width, scheme)
    await expect(page.locator('.tag.regressed').first().textContent()).resolves.toBe('regressed')
    const folded = page.locator('details', { hasText: 'figures that did not change' })
    expect(await folded.getByText('lookup').first().isVisible()).toBe(false)
    await folded.locator('summary').click()
    expect(await folded.getByText('lookup').first().isVisible()).toBe(true)
  })
})
