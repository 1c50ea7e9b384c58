import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Finding, RunRecord } from '../../../model/run-record.ts'
import { renderReports } from '../../../results/render-reports.ts'
import { terminalResult } from '../../../results/reports/terminal.ts'
import { readRecord, writeRecord } from '../../../results/stored-record.ts'
import { finishedRun } from '../finished-run.ts'
import { integrity } from '../fixture.ts'

const reports = async (changes: Parameters<typeof finishedRun>[0] = {}, alter = (record: RunRecord) => record) => {
  const { dir, record } = await finishedRun(changes)
  writeRecord(dir, alter(record))
  await renderReports(dir)
  const read = (name: string) => readFileSync(join(dir, name), 'utf8')
  return {
    html: read('report.html'),
    markdown: read('summary.md'),
    terminal: terminalResult(readRecord(dir), (_, text) => text),
  }
}

const lost: Finding = {
  kind: 'lost',
  stream: 'web',
  row: 17,
  identifier: 'r7.web.17',
  slot: 'r7-a0-s17',
  expected: 'booked',
  found: 'no appointment, slot free',
}
const withLosses = { integrity: integrity({ lost: 3, examples: [lost] }) }

const position = (text: string, ...parts: readonly string[]) => parts.map((part) => text.indexOf(part))

describe('renderReports', () => {
  it('writes the verdict first, then why, then what to do, then numbers', async () => {
    const { html } = await reports(withLosses)
    expect(html).toContain('<h1>FAIL</h1>\n<p>3 writes were acknowledged and lost</p>')
    const order = position(
      html,
      '<h1>',
      '<h2>Why',
      '<h2>What to do',
      '<h2>What was written',
      'r7.web.17',
      '<h2>Over time',
      '<h2>Journeys',
      '<h2>Steps',
      '<summary>Warm-up and drain',
      '<h2>Evidence',
      '<summary>The slowest of each step',
      '<h2>Provenance',
    )
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order).not.toContain(-1)
    expect(html).toContain('collaudo run recup-day --day monday --from 09:00 --to 09:01 --seed 7')
  })

  it('says in plain words that a good run may go live', async () => {
    const { html, markdown, terminal } = await reports()
    expect(html).toContain('<p>may go live at this load</p>')
    expect(markdown).toMatch(/^# PASS – may go live at this load\n/)
    expect(terminal).toMatch(/^PASS - may go live at this load\n/)
  })

  it('needs nothing from elsewhere and no script', async () => {
    const { html } = await reports()
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)|\son[a-z]+=/i)
    // Sources may be named in the pages of docs/concepts; nothing is loaded from them.
    const [figures = ''] = html.split('<section class="concept"')
    const addresses = new Set(figures.match(/https?:\/\/[^"'\s<)]+/g))
    expect([...addresses].filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([])
    expect(html).toContain("default-src 'none'")
  })

  it('has every page that a number of it leads to, and no other', async () => {
    const { html } = await reports()
    const led = new Set([...html.matchAll(/href="#(how-[a-z-]+)"/g)].map(([, id]) => id))
    expect(led.size).toBeGreaterThanOrEqual(2)
    expect([...html.matchAll(/ id="(how-[a-z-]+)"/g)].map(([, id]) => id).toSorted()).toEqual([...led].toSorted())
  })

  it('draws three charts twice, for wide and narrow screens, in the colour of the page', async () => {
    const { html } = await reports()
    expect(html.match(/<svg /g)).toHaveLength(6)
    expect(html).toContain('currentColor')
    expect(html).not.toContain('#010203')
    for (const name of ['planned', 'started', 'p95 from due', 'p50 from sent', 'done', 'failed', 'steady']) {
      expect(html).toContain(`>${name}</text>`)
    }
  })

  it('draws every point at its place', async () => {
    const { html } = await reports()
    expect(html).not.toContain('NaN')
    expect(html).not.toContain('undefined')
    expect(html).not.toContain('[object Object]')
  })

  it('escapes whatever a name, a reason or a body says', async () => {
    const nasty = '<b onload=x>&"\'|`*'
    const { html, markdown } = await reports(withLosses, (record) => ({
      ...record,
      target: nasty,
      reasons: [nasty],
      id: nasty,
      namespace: nasty,
      gates: record.gates.map((gate) => ({ ...gate, name: nasty, why: nasty })),
      evidence: record.evidence.map((kept) => ({ ...kept, body: nasty, traceId: nasty, step: nasty })),
      integrity: { ...record.integrity, examples: [{ ...lost, found: nasty, identifier: nasty }] },
      provenance: { ...record.provenance, commandLine: nasty, targetVersions: { [nasty]: nasty } },
    }))
    expect(html).not.toContain('<b onload')
    expect(html.match(/&lt;b onload=x&gt;&amp;&quot;&#39;\|`\*/g)?.length).toBeGreaterThan(20)
    expect(markdown.replace(/`.*`/g, '')).not.toMatch(/<b|[^\\]\|\\?`\*/)
  })

  it('keeps the Markdown table in shape: every row has as many cells as its head', async () => {
    const { markdown } = await reports(withLosses)
    const tables = markdown.split('\n\n').filter((block) => block.startsWith('|'))
    expect(tables).toHaveLength(2)
    for (const block of tables) expect(new Set(block.split('\n').map((row) => row.split(' | ').length)).size).toBe(1)
  })

  it('shows failed gates before the others', async () => {
    const { html, terminal, markdown } = await reports(withLosses)
    for (const text of [html, terminal, markdown]) {
      const [failed = 0, passed = 0] = position(text, 'nothing-lost', 'search-p95')
      expect(failed).toBeLessThan(passed)
    }
  })

  it('gives the same bytes when the reports are rebuilt from the stored record', async () => {
    const { dir } = await finishedRun()
    await renderReports(dir)
    const report = () => readFileSync(join(dir, 'report.html'), 'utf8')
    const first = report()
    await renderReports(dir)
    expect(report()).toBe(first)
  })
})

describe('terminalResult', () => {
  it('reads top to bottom: verdict, gates, journeys, writes, what to do', async () => {
    const { terminal } = await reports(withLosses)
    expect(terminal).toMatchInlineSnapshot(`
      "FAIL - 3 writes were acknowledged and lost

        fail  nothing-lost       3        limit 0       steady, 400 samples
        pass  search-p95         381 ms   limit 800 ms  steady, 160 samples
        pass  failed-requests    0.156 %  limit 1 %     steady, 642 samples
        pass  web-done           100 %    limit 90 %    steady, 160 samples
        pass  generator-on-time  2 ms     limit 100 ms  steady, 320 samples

                       planned  started  ended  outcomes
        web / book     200      200      200    done 200
        desk / accept  200      200      200    done 199, failed 1

      Writes: 400 acknowledged, 400 of 400 read back, 3 broken promises. Waited for a free actor: p99 0 ms.

      → Do not go live. Look the identifiers under “Broken promises” up in the systems’ logs: each names the write, what was confirmed and what is stored.

      Repeat it: collaudo run recup-day --day monday --from 09:00 --to 09:01 --seed 7
      "
    `)
  })

  it('gives every look to the style it is passed', async () => {
    const { record } = await finishedRun(withLosses)
    const text = terminalResult(record, (look, part) => `<${look}>${part}</${look}>`)
    expect(text).toMatch(/^<bad><bold>FAIL<\/bold><\/bad> - /)
    expect(text).toContain('<good>pass</good>')
  })
})
