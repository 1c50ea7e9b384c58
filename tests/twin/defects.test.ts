import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systems } from '../../generators/fhir/naming.ts'
import { taskResource } from '../../generators/fhir/task.ts'
import {
  cancelTransaction,
  directTransaction,
  releaseTransaction,
  takeChargePatch,
} from '../../generators/fhir/transactions.ts'
import type { DefectKind } from '../../model/defect.ts'
import { DueShare } from '../../twin/defects/due-share.ts'
import {
  appointment,
  appointmentIdOf,
  book,
  entriesOf,
  hold,
  idsOf,
  load,
  puts,
  type Send,
  slot,
  slotStatus,
  statusesOn,
  testRecup,
  toBase64,
} from './test-system.ts'

const slots = 100
const shareRatio = 0.1
const numbers = Array.from({ length: slots }, (_, number) => number)

/** Books every slot and tells which ended otherwise than they should. */
const bookAll = async (kind: DefectKind, seed: number) => {
  const { send } = testRecup([{ kind, shareRatio }], seed)
  await load(send, slots)
  for (const number of numbers) {
    const held = await hold(send, number)
    const booked = await book(send, appointmentIdOf(held), number)
    expect([held.status, booked.status]).toEqual([200, 200])
    expect(booked.body.entry[1].resource).toMatchObject({ status: 'booked' })
    expect(held.body.entry[1].resource.participant[0].actor.reference).toBe('Patient/p1')
  }
  return send
}

const endings = async (send: Send) =>
  Promise.all(
    numbers.map(async (number) => {
      const found = entriesOf(await send('GET', `/fhir/Appointment?slot=Slot/s${number}`))
      const patients = found.map(({ participant }) => Object(participant)[0].actor.reference)
      return [await slotStatus(send, number), ...found.map(({ status }) => status), ...patients].join(' ')
    }),
  )

const right = 'busy booked Patient/p1'

describe.each([
  ['lost-ack', 'free'],
  ['half-booking', 'busy'],
  ['wrong-patient', 'busy booked Patient/p2'],
] as const)('%s', (kind, spoiled) => {
  it.each([0, 1, 7])('spoils its share of bookings, spread evenly, and nothing else (seed %i)', async (seed) => {
    const ended = await endings(await bookAll(kind, seed))
    const at = numbers.filter((number) => ended[number] !== right)
    expect(at.map((number) => ended[number])).toEqual(Array.from({ length: slots * shareRatio }, () => spoiled))
    expect(at.slice(1).map((number, index) => number - (at[index] ?? 0))).toEqual(Array.from({ length: 9 }, () => 10))
  })

  it('leaves refused holds and prepared data alone', async () => {
    const { send } = testRecup([{ kind, shareRatio: 1 }])
    await load(send, 2)
    await send('POST', '/fhir', puts([slot(1, 'busy'), { ...appointment(1, 'booked'), id: 'ready' }], 'transaction'))
    expect((await hold(send, 5, 1)).status).toBe(409)
    expect((await endings(send))[1]).toBe(right)
  })
})

describe('lost-ack', () => {
  it('keeps nothing of a booking of several slots', async () => {
    const { send } = testRecup([{ kind: 'lost-ack', shareRatio: 1 }])
    await load(send, 3)
    const booked = { ...appointment(0, 'booked'), slot: [{ reference: 'Slot/s0' }, { reference: 'Slot/s1' }] }
    expect((await send('POST', '/fhir', directTransaction(booked, ['s0', 's1'], toBase64))).status).toBe(200)
    expect(await Promise.all([0, 1].map((number) => slotStatus(send, number)))).toEqual(['free', 'free'])
    expect(await statusesOn(send, 0)).toEqual([])
  })
})

describe('wrong-patient', () => {
  it('waits for a second patient', async () => {
    const { send } = testRecup([{ kind: 'wrong-patient', shareRatio: 1 }])
    await load(send, 2)
    await send('DELETE', '/fhir/Patient/p2')
    await hold(send, 0)
    expect((await endings(send))[0]).toBe('busy-tentative pending Patient/p1')
  })
})

describe('double-booking', () => {
  const search = '/fhir/Slot?service-type=S1&status=free&_sort=start&_count=20'
  const defective = async (share: number) => {
    const { send } = testRecup([{ kind: 'double-booking', shareRatio: share }])
    await load(send, 40)
    return send
  }
  const sell = async (send: Send, number: number) => book(send, appointmentIdOf(await hold(send, number)), number)

  it('offers a sold slot as free, and sells it once more', async () => {
    const send = await defective(1)
    await sell(send, 3)
    const [offer] = entriesOf(await send('GET', search))
    expect(offer).toMatchObject({ id: 's3', status: 'free' })
    expect(await slotStatus(send, 3)).toBe('busy')
    const second = await hold(send, 50, 3)
    expect((await book(send, appointmentIdOf(second), 3)).status).toBe(200)
    expect([await slotStatus(send, 3), await statusesOn(send, 3)]).toEqual(['busy', ['booked', 'booked']])
  })

  it('lets only one of many take it', async () => {
    const send = await defective(1)
    await sell(send, 3)
    await send('GET', search)
    const replies = await Promise.all(numbers.slice(0, 20).map((number) => hold(send, 60 + number, 3)))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('sells no slot twice that no search offered, and answers right when none is sold', async () => {
    const send = await defective(1)
    expect(idsOf(await send('GET', search))).toHaveLength(20)
    await sell(send, 3)
    expect((await hold(send, 50, 3)).status).toBe(409)
    expect(idsOf(await send('GET', search))).toEqual(['s3'])
    expect(idsOf(await send('GET', search))).toHaveLength(20)
  })

  it('keeps to the filters of the search', async () => {
    const send = await defective(1)
    await sell(send, 3)
    expect(idsOf(await send('GET', `${search}&start=ge2030-01-01T02:00:00Z`))).not.toContain('s3')
    expect(idsOf(await send('GET', '/fhir/Slot?status=busy'))).toEqual(['s3'])
  })

  it('leaves the cancellation of the sold slot alone', async () => {
    const send = await defective(1)
    await sell(send, 3)
    await send('GET', search)
    const back = [
      { op: 'test', path: '/status', value: 'busy' },
      { op: 'replace', path: '/status', value: 'free' },
    ]
    expect((await send('PATCH', '/fhir/Slot/s3', back)).status).toBe(200)
  })

  it('spoils its share of searches', async () => {
    const send = await defective(0.05)
    for (const number of numbers.slice(0, 20)) await sell(send, number)
    let spoiled = 0
    for (let searches = 0; searches < 100; searches++) {
      const [offer] = idsOf(await send('GET', search))
      if ((await slotStatus(send, Number(String(offer).slice(1)))) !== 'free') spoiled += 1
    }
    expect(spoiled).toBe(5)
  })
})

describe('slow-search', () => {
  it('holds back its share of searches for two seconds, answers them rightly, and delays nothing else', async () => {
    const { send, sleptMs } = testRecup([{ kind: 'slow-search', shareRatio: 0.5 }])
    await load(send, 3)
    for (let searches = 0; searches < 10; searches++) expect(idsOf(await send('GET', '/fhir/Slot'))).toHaveLength(3)
    expect(sleptMs).toEqual(Array.from({ length: 5 }, () => 2000))
    await send('GET', '/fhir/Slot/s1')
    await send('GET', '/fhir/metadata')
    await hold(send, 1)
    expect(sleptMs).toHaveLength(5)
  })
})

describe('late-visibility', () => {
  it('hides a booking from searches by identifier for a minute, and from nothing else', async () => {
    const { send, elapse } = testRecup([{ kind: 'late-visibility', shareRatio: 0.5 }])
    await load(send, 4)
    for (const number of [0, 1, 2, 3]) await book(send, appointmentIdOf(await hold(send, number)), number)
    const found = async (number: number) =>
      idsOf(await send('GET', `/fhir/Appointment?identifier=${systems.appointment}|run1.web.${number}`)).length
    const all = () => Promise.all([0, 1, 2, 3].map(found))
    expect(await all()).toEqual([1, 0, 1, 0])
    expect(await statusesOn(send, 1)).toEqual(['booked'])
    elapse(59_000)
    expect(await all()).toEqual([1, 0, 1, 0])
    elapse(1000)
    expect(await all()).toEqual([1, 1, 1, 1])
  })
})

describe('leaky-hold', () => {
  it('keeps the slot of its share of the holds that are given back', async () => {
    const { send } = testRecup([{ kind: 'leaky-hold', shareRatio: 0.5 }])
    await load(send, 4)
    const ended = []
    for (const number of [0, 1, 2, 3]) {
      const appointmentId = appointmentIdOf(await hold(send, number))
      const placed = { appointmentId, slots: [`s${number}`] }
      expect((await send('POST', '/fhir', releaseTransaction(placed, toBase64))).status).toBe(200)
      ended.push(`${await slotStatus(send, number)} ${await statusesOn(send, number)}`)
    }
    expect(ended).toEqual(['free cancelled', 'busy-tentative cancelled', 'free cancelled', 'busy-tentative cancelled'])
  })
})

describe('lost-cancel', () => {
  it('keeps its share of the bookings that are cancelled', async () => {
    const { send } = testRecup([{ kind: 'lost-cancel', shareRatio: 0.5 }])
    await load(send, 4)
    const ended = []
    for (const number of [0, 1, 2, 3]) {
      const appointmentId = appointmentIdOf(await hold(send, number))
      await book(send, appointmentId, number)
      const placed = { appointmentId, slots: [`s${number}`] }
      expect((await send('POST', '/fhir', cancelTransaction(placed, toBase64))).status).toBe(200)
      ended.push(`${await slotStatus(send, number)} ${await statusesOn(send, number)}`)
    }
    expect(ended).toEqual(['free cancelled', 'busy booked', 'free cancelled', 'busy booked'])
  })
})

describe('double-take-charge', () => {
  it('lets its share of second desks take what another has taken', async () => {
    const { send } = testRecup([{ kind: 'double-take-charge', shareRatio: 0.5 }])
    await load(send, 1)
    const tasks = [1, 2, 3, 4].map((patient) => ({
      ...taskResource('run1', { seed: 1, patient, nre: 'n' }),
      for: { reference: 'Patient/p1' },
    }))
    await send('POST', '/fhir', puts(tasks))
    const take = (patient: number, desk: string) => send('PATCH', `/fhir/Task/run1-t-${patient}`, takeChargePatch(desk))
    const seconds = []
    for (const patient of [1, 2, 3, 4]) {
      expect((await take(patient, 'first')).status).toBe(200)
      const { status } = await take(patient, 'second')
      const { body } = await send('GET', `/fhir/Task/run1-t-${patient}`)
      seconds.push(`${status} ${body.owner.identifier.value}`)
    }
    expect(seconds).toEqual(['409 first', '200 second', '409 first', '200 second'])
  })
})

const spentOf = (due: DueShare, operations: number): number => {
  let spent = 0
  for (let i = 0; i < operations; i++) {
    if (!due.next()) continue
    due.spend()
    spent += 1
  }
  return spent
}

describe('a share of operations', () => {
  it('is met exactly over any stretch, whatever the seed', () => {
    const ratio = fc.integer({ min: 1, max: 1000 }).map((perMille) => perMille / 1000)
    fc.assert(
      fc.property(ratio, fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(2000), (share, phase, operations) => {
        const due = new DueShare(share, phase)
        const spent = spentOf(due, operations)
        expect(Math.abs(spent - operations * share)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('gives 10 of 5,000 at 0.2 %', () => {
    expect(spentOf(new DueShare(0.002, 0.3), 5000)).toBe(10)
  })

  it('stays due until it is spent', () => {
    const due = new DueShare(0.5, 0)
    expect([due.next(), due.next(), due.next(), due.next()]).toEqual([false, true, true, true])
    due.spend()
    due.spend()
    expect([due.next(), due.next()]).toEqual([false, true])
  })
})
