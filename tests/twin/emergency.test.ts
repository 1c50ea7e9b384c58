import type { FhirResource } from 'fhir/r4.js'
import { describe, expect, it } from 'vitest'
import { type Episode, episodeOf } from '../../generators/emergency/episode.ts'
import { eventTransaction } from '../../generators/fhir/emergency-transactions.ts'
import { departmentResource } from '../../generators/fhir/organization.ts'
import type { Defect } from '../../model/defect.ts'
import { emergencyDepartments } from '../../region/emergency-departments.ts'
import { entriesOf, puts, type Send, testEmergency, toBase64 } from './test-system.ts'

const at = '2030-01-01T00:00:00Z'

const episodes = Array.from({ length: 1000 }, (_, seed) => episodeOf(seed))
/** An episode with two orders at least. */
const long = episodes.find(({ events }) => events.some(({ name }) => name === 'order.2'))
const episode: Episode = long ?? expect.fail('no such episode')

const ready = async (defects: readonly Defect[] = []) => {
  const { send } = testEmergency(defects)
  const people: readonly FhirResource[] = Array.from({ length: 5 }, (_, n) => ({
    resourceType: 'Patient',
    id: `p${n}`,
  }))
  await send('POST', '/fhir', puts([...emergencyDepartments.value.map(departmentResource), ...people]))
  return send
}

const entering = (of: Episode) => (send: Send, number: number, name: string) => {
  const event = of.events.find((one) => one.name === name) ?? expect.fail(name)
  const facts = {
    namespace: 'ns',
    stream: 'emergency',
    number,
    identifier: `ns.emergency.${number}`,
    patient: `p${number}`,
  }
  return send('POST', '/fhir', eventTransaction({ ...facts, episode: of, event, at }, toBase64))
}

const enter = entering(episode)

const walk = async (send: Send, number: number, of = episode): Promise<readonly number[]> => {
  const statuses: number[] = []
  for (const { name } of of.events) statuses.push((await entering(of)(send, number, name)).status)
  return statuses
}

const count = async (send: Send, query: string): Promise<number> => {
  const found = await send('GET', `/fhir/${query}`)
  expect(found.status).toBe(200)
  return entriesOf(found).length
}

describe('the emergency departments of the twin', () => {
  it('take an episode from its registration to its end', async () => {
    const send = await ready()
    expect(new Set(await walk(send, 1))).toEqual(new Set([200]))
    const { body } = await send('GET', '/fhir/Encounter/ns-e-emergency-1')
    expect(body).toMatchObject({
      status: 'finished',
      period: { start: at, end: at },
      reasonCode: [{ coding: [{ code: episode.problem.code }] }],
      diagnosis: [{ condition: { reference: 'Condition/ns-v-emergency-1-diagnosis' }, rank: 1 }],
      statusHistory: [{ status: 'arrived' }, { status: 'triaged' }, { status: 'in-progress' }, { status: 'finished' }],
    })
    expect(await count(send, 'ServiceRequest?status=active&encounter=Encounter/ns-e-emergency-1')).toBe(0)
  })

  it.each(['observation', 'transfer'] as const)('take an access on into its %s, and end that', async (kind) => {
    const send = await ready()
    const going = episodes.find(({ second }) => second?.kind === kind) ?? expect.fail(kind)
    expect((await entering(going)(send, 1, 'take-over')).status).toBe(404)
    expect(new Set(await walk(send, 1, going))).toEqual(new Set([200]))
    const { body } = await send('GET', '/fhir/Encounter/ns-f-emergency-1')
    const from =
      kind === 'observation'
        ? { partOf: { reference: 'Encounter/ns-e-emergency-1' }, class: { code: 'OBSENC' } }
        : { hospitalization: { origin: { reference: `Organization/collaudo-ed-${going.department}` } } }
    expect(body).toMatchObject({ status: 'finished', period: { start: at, end: at }, ...from })
    expect(await count(send, 'Encounter?identifier=urn:collaudo:sid:access%7Cns.emergency.1.second')).toBe(1)
  })

  it('do not take over whose access is still going on', async () => {
    const send = await ready()
    const going = episodes.find(({ second }) => second) ?? expect.fail('none')
    await entering(going)(send, 1, 'register')
    expect((await entering(going)(send, 1, 'take-over')).status).toBe(409)
    expect(await count(send, 'Encounter')).toBe(1)
  })

  it.each(['triage', 'visit', 'order.1', 'report', 'close'])(
    'leave an access alone that is not there: %s',
    async (name) => {
      const send = await ready()
      expect((await enter(send, 1, name)).status).toBe(404)
      for (const type of ['Observation', 'ServiceRequest', 'DocumentReference']) expect(await count(send, type)).toBe(0)
    },
  )

  it('leave results alone whose order is not there, and orders of one who has not been seen', async () => {
    const send = await ready()
    await enter(send, 1, 'register')
    expect((await enter(send, 1, 'order.1')).status).toBe(409)
    expect((await enter(send, 1, 'result.1')).status).toBe(404)
    expect(await count(send, 'DiagnosticReport')).toBe(0)
  })
})

describe.each([
  ['lost-order', 'ServiceRequest?requisition=urn:collaudo:sid:event%7Cns.emergency.NUMBER.order.1', 0],
  ['duplicate-encounter', 'Encounter?identifier=urn:collaudo:sid:access%7Cns.emergency.NUMBER', 2],
  [
    'out-of-order-result',
    'DiagnosticReport?status=final&identifier=urn:collaudo:sid:event%7Cns.emergency.NUMBER.result.1',
    0,
  ],
] as const)('%s', (kind, query, spoiled) => {
  it('spoils its share and nothing else', async () => {
    const spoiledSend = await ready([{ kind, shareRatio: 0.5 }])
    const soundSend = await ready()
    const spoiledCounts: number[] = []
    for (const number of [0, 1, 2, 3]) {
      for (const send of [soundSend, spoiledSend]) {
        for (const name of ['register', 'triage', 'visit', 'order.1', 'result.1']) await enter(send, number, name)
      }
      const own = query.replace('NUMBER', String(number))
      const sound = await count(soundSend, own)
      const found = await count(spoiledSend, own)
      if (found !== sound) spoiledCounts.push(found)
    }
    expect(spoiledCounts).toEqual([spoiled, spoiled])
  })
})
