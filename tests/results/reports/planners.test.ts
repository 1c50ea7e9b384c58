import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { erlangA } from '../../../generators/erlang-a.ts'
import type { ProcessorTime } from '../../../model/processor-time.ts'
import type { CallCentreResult, RunRecord } from '../../../model/run-record.ts'
import { callCentreOutlook } from '../../../results/call-centre-outlook.ts'
import { costAndCarbon } from '../../../results/cost-and-carbon.ts'
import { renderReports } from '../../../results/render-reports.ts'
import { terminalResult } from '../../../results/reports/terminal.ts'
import { readRecord, writeRecord } from '../../../results/stored-record.ts'
import { finishedRun } from '../finished-run.ts'

const phone = { arrivalsPerSecond: 1, handlingMs: 150_000, operators: 480, patienceMs: 204_000 }

const callCentre: CallCentreResult = {
  stream: 'phone',
  phase: 'steady',
  operators: 480,
  offered: 3600,
  answered: 3600,
  abandoned: 0,
  handlingMs: 150_000,
  patienceMs: 204_000,
  seen: erlangA(phone),
  expected: erlangA(phone),
  outlook: callCentreOutlook({ ...phone, screensPerCall: 5.5, responseMs: 12 }),
}

const processorTime: ProcessorTime = {
  kind: 'known',
  lastsMs: 3_600_000,
  systems: [
    { system: 'recup', vcpus: 1, usedMs: 360_000 },
    { system: 'imaging', vcpus: 1, usedMs: 36_000 },
  ],
}

const reports = async (alter: (record: RunRecord) => Partial<RunRecord>) => {
  const { dir, record } = await finishedRun()
  writeRecord(dir, { ...record, ...alter(record) })
  await renderReports(dir)
  const read = (name: string) => readFileSync(join(dir, name), 'utf8')
  return {
    html: read('report.html'),
    markdown: read('summary.md'),
    terminal: terminalResult(readRecord(dir), (_, text) => text),
  }
}

describe('what planners read of the call centre', () => {
  const sentence =
    'Operators for phone: a screen takes 12 ms and a call 2.5 min, so 3,600 calls an hour need 136 operators, and all 800 can take 21,333. 1 s more on each screen takes 5 operators more, or 30 where all are busy.'

  it('is one sentence in every report', async () => {
    const { html, markdown, terminal } = await reports(() => ({ callCentres: [callCentre] }))
    for (const text of [html, markdown, terminal]) expect(text).toContain(sentence)
  })

  it('is a table of slower and slower screens in the page, and where its figures come from', async () => {
    const { html } = await reports(() => ({ callCentres: [callCentre] }))
    const cells = (title: string) =>
      [...html.matchAll(new RegExp(`<td data-title="${title}"[^>]*>([^<]*)<`, 'g'))].map(([, text]) => text)
    expect(cells('On each screen')).toEqual(['as measured', '+250 ms', '+500 ms', '+1 s', '+2 s', '+5 s'])
    expect(cells('Operators for 21,333 calls/h')).toEqual(['800', '808', '815', '830', '859', '947'])
    expect(cells('480 on shift')).toEqual(['31.3 %', '0 %', '0 ms', '0 %', '100 %', '100 %', '12,799'])
    expect(html).toContain('<a class="how" href="#how-call-centre">')
  })

  it('is left out where no call was answered', async () => {
    const { outlook: _, ...without } = callCentre
    const { html, terminal } = await reports(() => ({ callCentres: [without] }))
    expect([html, terminal].join()).not.toContain('Operators for')
  })
})

describe('what planners read of cost and carbon', () => {
  it('is what 1,000 of each unit cost, and what stood idle', async () => {
    const { html, markdown } = await reports((record) => ({
      processorTime,
      costAndCarbon: costAndCarbon(processorTime, record),
    }))
    // 200 bookings in an hour of one vCPU that was a tenth busy: 5 × (1.62254 Wh × 0.28775 g + 0.478855 g).
    const bookings = '1,000 confirmed bookings: 4.73 g CO2e and 5 vCPU-hours, of which 90 % stood idle.'
    for (const text of [html, markdown]) expect(text).toContain(bookings)
    expect(html).toContain('1,000 imaging studies: not known, since there was none.')
    expect(html).toContain('<a class="how" href="#how-cost-and-carbon">')
    expect(html).not.toMatch(/NaN|undefined|\[object/)
  })

  it('is the reason where the processor time is not known, and no figure', async () => {
    const { html, markdown } = await reports(() => ({
      processorTime: { kind: 'not-known', reason: 'it is elsewhere' },
    }))
    for (const text of [html, markdown]) expect(text).toContain('Cost and carbon: not known, since it is elsewhere.')
    expect([html, markdown].join()).not.toContain('CO2e')
  })
})
