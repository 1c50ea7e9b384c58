import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { systems } from '../../generators/fhir/naming.ts'
import { dateRange } from '../../twin/fhir/date-range.ts'
import { appointment, entriesOf, idsOf, load, puts, type Send, slot, testRecup } from './test-system.ts'

let send: Send

/** 30 slots every 20 minutes from midnight, every third sold; two appointments; a slot of another service and run. */
beforeAll(async () => {
  send = testRecup().send
  await load(send, 0)
  const slots = Array.from({ length: 30 }, (_, number) => slot(number, number % 3 === 0 ? 'busy' : 'free'))
  const other = {
    ...slot(99),
    serviceType: [{ coding: [{ system: systems.service, code: 'S2' }] }],
    meta: { tag: [{ system: systems.runTag, code: 'run2' }] },
  }
  // Not in the order of their start.
  const shuffled = [
    ...slots.filter((_, number) => number % 2 === 1),
    ...slots.filter((_, number) => number % 2 === 0),
    other,
  ]
  const booked = [appointment(0, 'booked'), appointment(3, 'booked')].map((one, index) => ({
    ...one,
    id: `ap${index}`,
  }))
  await send('POST', '/fhir', puts([...shuffled, ...booked]))
})

const found = async (query: string) => idsOf(await send('GET', `/fhir/${query}`))
const token = (system: string, code: string) => encodeURIComponent(`${system}|${code}`)

describe('a search for free slots', () => {
  const query = [
    `service-type=${token(systems.service, 'S1')}`,
    `service-category=${token(systems.priority, 'B')}`,
    `appointment-type=${token(systems.visit, 'ROUTINE')}`,
    `_tag=${token(systems.runTag, 'run1')}`,
    '_sort=start',
  ].join('&')

  it('finds those of the service, class, visit and run from an instant on, earliest first', async () => {
    const ids = await found(`Slot?${query}&status=free&start=ge2030-01-01T02:00:00Z&_count=5`)
    expect(ids).toEqual(['s7', 's8', 's10', 's11', 's13'])
  })

  it('gives the same whatever the order of its parameters and with fewer of them', async () => {
    const expected = await found(`Slot?${query}&status=free`)
    expect(expected).toHaveLength(20)
    expect(await found(`Slot?status=free&${query.split('&').toReversed().join('&')}`)).toEqual(expected)
    expect(await found('Slot?status=free&service-type=S1')).toEqual(expected)
    expect(await found('Slot?status=free&schedule=Schedule/a1&_tag=run1')).toEqual(expected)
    expect(await found('Slot?status=free&schedule=a1&service-category=B')).toEqual([...expected, 's99'])
  })

  it('finds nothing for a code of another system', async () => {
    const reply = await send('GET', `/fhir/Slot?service-type=${token('urn:other', 'S1')}&status=free`)
    expect(reply.body).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 0 })
    expect(reply.body.entry).toBeUndefined()
  })
})

describe('parameters', () => {
  it.each([
    ['a comma list means any of them', 'Slot?_id=s1,s2,none', ['s1', 's2']],
    ['_id and another parameter both hold', 'Slot?_id=s0,s1&status=free', ['s1']],
    ['a list of statuses', 'Slot?status=free,busy&start=lt2030-01-01T01:00:00Z', ['s0', 's1', 's2']],
    [
      'a repeated date is a period',
      'Slot?start=ge2030-01-01T01:00:00Z&start=le2030-01-01T01:40:00Z',
      ['s3', 's4', 's5'],
    ],
    ['gt and lt leave the instant out', 'Slot?start=gt2030-01-01T01:00:00Z&start=lt2030-01-01T01:40:00Z', ['s4']],
    ['a patient by codice fiscale', `Patient?identifier=${token(systems.fiscalCode, 'BBB')}`, ['p2']],
    ['an appointment by our identifier', `Appointment?identifier=${token(systems.appointment, 'run1.web.3')}`, ['ap1']],
    ['an appointment by slot and status', 'Appointment?slot=Slot/s0&status=pending,booked', ['ap0']],
    ['an appointment by patient', 'Appointment?patient=p1', ['ap0', 'ap1']],
    ['an appointment by actor', 'Appointment?actor=Patient/p1&status=booked', ['ap0', 'ap1']],
    ['nobody else', 'Appointment?patient=Patient/p2', []],
    ['a schedule by service and place', 'Schedule?service-type=S1&actor=Location/collaudo-loc-0', ['a1']],
    ['a run by its tag', `Slot?_tag=${token(systems.runTag, 'run2')}`, ['s99']],
    ['another page size', 'Patient?_count=1', ['p1']],
  ])('%s', async (_, query, ids) => {
    expect(await found(query)).toEqual(ids)
  })

  it.each([
    'Slot?colour=red',
    'Slot?status:not=free',
    'Slot?_sort=status',
    'Patient?_sort=start',
    'Slot?_count=0',
    'Slot?_count=x',
    'Slot?start=ge2030-13-01',
    'Slot?start=yesterday',
    'Slot?status=',
    'Slot?_cursor=1',
    'Slot?_summary=data',
    'Patient?name=Rossi',
    'Appointment?patient=Location/l1',
  ])('%s is refused, not ignored', async (query) => {
    const { status, body } = await send('GET', `/fhir/${query}`)
    expect([status, body.resourceType]).toEqual([400, 'OperationOutcome'])
  })

  it('names everything wrong at once', async () => {
    const { body } = await send('GET', '/fhir/Slot?colour=red&_count=x')
    expect(body.issue[0].diagnostics).toMatch(/colour.*_count/)
  })
})

describe('paging', () => {
  it('reaches every match once, in order, whatever the page size', async () => {
    const all = await found('Slot?_tag=run1&_sort=start&_count=100')
    expect(all).toHaveLength(30)
    for (const count of [1, 7, 29, 30]) {
      const ids: unknown[] = []
      let path: string | undefined = `/fhir/Slot?_tag=run1&_sort=start&_count=${count}`
      while (path !== undefined) {
        const reply = await send('GET', path)
        ids.push(...idsOf(reply))
        const next = reply.body.link.find(({ relation }: { relation: string }) => relation === 'next')?.url
        path = next?.replace('http://twin.test', '')
      }
      expect(ids).toEqual(all)
    }
  })

  it('tells the total only when the page is all there is', async () => {
    expect((await send('GET', '/fhir/Slot?_tag=run1')).body.total).toBe(30)
    expect((await send('GET', '/fhir/Slot?_tag=run1&_count=29')).body.total).toBeUndefined()
  })

  it('counts all that there are without any of them when only the count is asked for', async () => {
    const { body } = await send('GET', '/fhir/Slot?_tag=run1&status=free,busy&_count=2&_summary=count')
    expect(body).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 30 })
    expect(body.entry).toBeUndefined()
  })

  it('names each resource by its full URL', async () => {
    const { body } = await send('GET', '/fhir/Patient?_id=p1')
    expect(body.entry[0]).toMatchObject({ fullUrl: 'http://twin.test/fhir/Patient/p1', search: { mode: 'match' } })
    expect(entriesOf({ status: 200, headers: new Headers(), body })[0]).toMatchObject({ id: 'p1' })
  })
})

describe('a date in a search', () => {
  it('splits time without gap or overlap: before, in, after', () => {
    const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, instant, fc.constantFrom(10, 16, 19, 23), (asked, other, precision) => {
        const text = asked.toISOString().slice(0, precision) + (precision === 10 ? '' : 'Z')
        const holds = (prefix: string) => {
          const { fromMs, toMs } = dateRange(prefix + text)
          return fromMs <= other.getTime() && other.getTime() < toMs
        }
        expect([holds('lt'), holds('eq'), holds('gt')].filter(Boolean)).toHaveLength(1)
        expect(holds('le')).toBe(holds('lt') || holds('eq'))
        expect(holds('ge')).toBe(holds('gt') || holds('eq'))
      }),
    )
  })

  it('takes an offset, also one whose plus sign a URL turned into a blank', () => {
    const range = dateRange('ge2030-01-01T02:00:00Z')
    expect(dateRange('ge2030-01-01T03:00:00+01:00')).toEqual(range)
    expect(dateRange('ge2030-01-01T03:00:00 01:00')).toEqual(range)
  })
})
