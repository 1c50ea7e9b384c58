import { describe, expect, it } from 'vitest'
import { recupTypes } from '../../twin/systems/recup-types.ts'
import { appointment, load, type Send, slot, testRecup } from './test-system.ts'

const allowed = {
  Slot: [
    ['free', 'busy-tentative'],
    ['free', 'busy'],
    ['free', 'busy-unavailable'],
    ['busy-tentative', 'busy'],
    ['busy-tentative', 'free'],
    ['busy', 'free'],
    ['busy-unavailable', 'free'],
  ],
  Appointment: [
    ['pending', 'booked'],
    ['pending', 'cancelled'],
    ['booked', 'arrived'],
    ['booked', 'cancelled'],
    ['booked', 'noshow'],
    ['arrived', 'fulfilled'],
    ['arrived', 'cancelled'],
    ['arrived', 'noshow'],
  ],
} as const

const base = {
  Slot: { ...slot(1), id: 'x' },
  Appointment: { ...appointment(1), id: 'x' },
} as const

const cases = (['Slot', 'Appointment'] as const).flatMap((type) => {
  const statuses = Object.keys(recupTypes[type]?.transitions ?? {})
  return statuses.flatMap((from) =>
    statuses.map((to) => {
      const isAllowed = from === to || allowed[type].some(([before, after]) => before === from && after === to)
      return { type, from, to, isAllowed }
    }),
  )
})

const prepared = async (type: 'Slot' | 'Appointment', status: string): Promise<Send> => {
  const { send } = testRecup()
  await load(send, 2)
  expect((await send('PUT', `/fhir/${type}/x`, { ...base[type], status })).status).toBe(201)
  return send
}

describe.each(cases)('$type from $from to $to', ({ type, from, to, isAllowed }) => {
  it(isAllowed ? 'is allowed' : 'is refused', async () => {
    const expected = isAllowed ? [200, to] : [422, from]
    const byPut = await prepared(type, from)
    const put = await byPut('PUT', `/fhir/${type}/x`, { ...base[type], status: to })
    expect([put.status, (await byPut('GET', `/fhir/${type}/x`)).body.status]).toEqual(expected)
    const byPatch = await prepared(type, from)
    const patch = await byPatch('PATCH', `/fhir/${type}/x`, [{ op: 'replace', path: '/status', value: to }])
    expect([patch.status, (await byPatch('GET', `/fhir/${type}/x`)).body.status]).toEqual(expected)
  })
})

it('A status that FHIR or the system does not know is refused', async () => {
  const send = await prepared('Slot', 'free')
  expect((await send('PUT', '/fhir/Slot/y', { ...base.Slot, id: 'y', status: 'sold' })).status).toBe(422)
})
