import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CapacityRecord } from '../../../model/capacity-record.ts'
import { readCapacity, writeCapacity } from '../../../results/capacity/stored-capacity.ts'
import { renderCapacity } from '../../../results/render-capacity.ts'
import { capacityText } from '../../../results/reports/capacity/text.ts'
import { capacityRecord, searchOf, wholeSearch } from '../capacity/searched.ts'
import { overloaded, systemFlow, trial } from '../capacity/trial.ts'
import { emptyFolder } from '../fixture.ts'

const plain = (_: string, text: string) => text
const textOf = (changes: Partial<CapacityRecord> = {}) => capacityText(capacityRecord(changes), plain)

const reports = async (record = capacityRecord()) => {
  const dir = emptyFolder()
  writeCapacity(dir, record)
  await renderCapacity(dir)
  const read = (name: string) => readFileSync(join(dir, name), 'utf8')
  return { html: read('report.html'), markdown: read('summary.md'), stored: readCapacity(dir) }
}

describe('the text of a search', () => {
  it('says the verdict first, then the limits, why, what to do, and the trials', () => {
    expect(textOf()).toMatchInlineSnapshot(`
      "PASS - carries the forecast 3.9 times: 140,000 operations/h, 63,200 bookings/h

        gate limit  × 3.9 (3.9 to 4.1)  140,000 (140,000 to 148,000) operations/h, 63,200 (63,200 to 66,400) bookings/h
        knee        × 3.5 (3 to 3.9)    126,000 (108,000 to 140,000) operations/h, 56,700 (48,600 to 63,200) bookings/h
        breakpoint  × 4 (3.95 to 4.05)  144,000 (142,000 to 146,000) operations/h, 64,800 (64,000 to 65,600) bookings/h

      First to break: book-p95 of partners; recup, or what it calls, is what holds them up.
      Headroom above the forecast of 36,000 operations/h, 16,200 bookings/h: 74.4 % to 75.6 % of the gate limit.
      Processors for the forecast, 20 % of the limit kept in reserve: recup 1 vCPU (now 2, 0.975 of them busy at the limit); prescriptions at most 1 vCPU (now 1, 0.0975 of them busy at the limit).
      Scalability law of recup: λ 16.1/s, contention σ 0.19, coherency κ 0, R² 1.000; its peak cannot be told from what was tried.

      → To carry more, make recup faster, or give it more processes: nothing else helps before.
      → Plan with the gate limit (× 3.9), not with the breakpoint: there users suffer already.

        Trial      Load   Offered/s  Done/s  p95     Outcome
        trial-0.5  × 0.5  5.0        5.0     114 ms  meets the gates
        trial-1    × 1    10.0       10.0    131 ms  meets the gates
        trial-1.5  × 1.5  15.0       15.0    156 ms  meets the gates
        trial-2    × 2    20.0       20.0    191 ms  meets the gates
        trial-2.5  × 2.5  25.0       25.0    247 ms  meets the gates
        trial-3    × 3    30.0       30.0    350 ms  meets the gates
        trial-3.5  × 3.5  35.0       35.0    600 ms  meets the gates
        trial-3.9  × 3.9  39.0       39.0    1.4 s   meets the gates
        trial-4.1  × 4.1  41.0       40.0    2 s     falls behind
      "
    `)
  })

  it('says that the forecast is not carried, and what to do', () => {
    const text = textOf({ search: searchOf([trial(0.4), overloaded(0.42)]) })
    expect(text).toMatch(/^FAIL - does not carry the forecast of 36,000 operations\/h, 16,200 bookings\/h\n/)
    expect(text).toContain('Headroom above the forecast of 36,000 operations/h, 16,200 bookings/h: -150 % to -138 %')
    expect(text).toContain('→ Do not go live at the forecast load')
  })

  it('never calls the load generator’s limit the system’s', () => {
    const because =
      '× 4 could not be measured, twice (timer-lag: 90 ms): the load generator is the limit here, not the systems'
    const text = textOf({ search: searchOf([trial(1), trial(2)], 'load-generator', because) })
    expect(text).toMatch(/^PASS - carries the forecast more than 2 times: 72,000 operations\/h/)
    expect(text).toMatch(/gate limit {2}above × 2 .*\n.*\n {2}breakpoint {2}above × 2 /)
    expect(text).toContain(`The search did not go on: ${because}.\n`)
    expect(text).not.toContain('First to break')
    expect(text).toContain('→ Give the load generator processors of its own')
  })

  it('says what is missing when too little was seen, and how to see more', () => {
    const reasons = ['search-p95: too little to judge (steady, 3 samples).']
    const unseen = trial(1, { verdict: 'inconclusive', meetsGates: 'unknown', reasons })
    const text = textOf({ search: searchOf([unseen], 'max-scale', '--max-scale 1 was reached') })
    expect(text).toMatch(/^INCONCLUSIVE - nobody can tell whether the forecast is carried: /)
    expect(text).toContain('→ Make the trials longer (--squeeze 2m)')
  })

  it('tells what is left without a replica, and when the forecast has grown to the limit', () => {
    const search = searchOf([trial(1.9), overloaded(2)])
    const growth = { lowRatio: 0.02, highRatio: 0.05, lowMonths: 334.5, highMonths: 855.1 }
    const text = textOf({ without: { component: 'recup#2', search }, growth })
    expect(text).toContain(
      'Without recup#2: gate limit × 1.9 (1.9 to 2), 68,400 (68,400 to 72,000) operations/h, 30,800 (30,800 to 32,400) bookings/h.',
    )
    expect(text).toContain('Growing by 2 % to 5 % a year the forecast reaches the gate limit in 335 to 855 months.')
  })

  it('names what is left of the systems when only that does not carry the forecast', () => {
    const search = searchOf([trial(0.4), overloaded(0.42)])
    expect(textOf({ without: { component: 'recup#2', search } })).toMatch(
      /^FAIL - without recup#2: does not carry the forecast/,
    )
  })

  it('says of a short trial that no gate broke yet', () => {
    const grown = overloaded(4.1, { verdict: 'pass', reasons: [], gatesBroken: [] })
    const text = textOf({ search: searchOf([...wholeSearch.slice(0, 8), grown]) })
    expect(text).toContain('First to break: no gate yet, but the backlog of partners grows;')
    expect(text).toContain('falls behind')
  })

  it('tells which trials were no plateau', () => {
    const little = { expectedInFlight: 8, gapRatio: 0.2, isPlateau: false }
    expect(textOf({ search: searchOf([trial(1), trial(2, { systems: [systemFlow({ little })] })]) })).toContain(
      'Little’s law does not hold for recup in trial-2 by 20 %',
    )
  })
})

describe('the stored search', () => {
  it('is read as it was written', async () => {
    expect((await reports()).stored).toEqual(capacityRecord())
  })

  it('is refused in words when it is no record', () => {
    const dir = emptyFolder()
    writeFileSync(join(dir, 'capacity.json'), '{"schemaVersion": 1}')
    expect(() => readCapacity(dir)).toThrow(/^expected the record of a search in .*capacity\.json, got \n/)
    writeFileSync(join(dir, 'capacity.json'), '{')
    expect(() => readCapacity(dir)).toThrow(/^expected the record of a search in .*capacity\.json, got Expected/)
  })
})

describe('the reports of a search', () => {
  it('put the verdict first, then limits, why, what to do, curves and trials', async () => {
    const { html, markdown } = await reports()
    const order = ['<h1>PASS', '<h2>Limits', '<h2>Why', '<h2>What to do', '<svg ', '<h2>Trials', '<h2>Provenance']
    const places = order.map((part) => html.indexOf(part))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(markdown).toMatch(/^# PASS – carries the forecast 3.9 times: /)
    expect(markdown).toContain('| gate limit | × 3.9 (3.9 to 4.1) |')
  })

  it('draw both curves for wide and for narrow screens, with the limits and the forecast', async () => {
    const { html } = await reports()
    expect(html.match(/<svg /g)).toHaveLength(4)
    for (const name of ['offered', 'done', 'p95', 'forecast', 'gate limit', 'knee', 'breakpoint']) {
      expect(html).toContain(`>${name}</text>`)
    }
    expect(html).not.toContain('#010203')
  })

  it('need nothing from elsewhere, and lead to the report of each trial', async () => {
    const { html } = await reports()
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)|\son[a-z]+=/i)
    expect(html).toContain('<a href="trial-4.1/report.html">')
  })

  it('give the same bytes when they are made again', async () => {
    expect((await reports()).html).toBe((await reports()).html)
  })

  it('draw the curves of what is left of the systems too', async () => {
    const without = { component: 'recup#2', search: searchOf([trial(1.9), overloaded(2)]) }
    const { html } = await reports(capacityRecord({ without }))
    expect(html.match(/<svg /g)).toHaveLength(8)
    expect(html).toContain('<h2>Without recup#2 <a')
  })
})
