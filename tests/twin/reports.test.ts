import { describe, expect, it } from 'vitest'
import { documentBinary, documentReference } from '../../generators/fhir/document.ts'
import { transaction } from '../../generators/fhir/transactions.ts'
import { documentText } from '../../generators/reports/document.ts'
import type { Defect } from '../../model/defect.ts'
import { plainSystem } from '../../twin/systems/plain-system.ts'
import { appOf, nowMs, puts, type Send, toBase64 } from './test-system.ts'

const coding = { toBase64, sha1: (text: string) => `sha1 of ${text.length}` }

const ready = async (defects: readonly Defect[] = []): Promise<Send> => {
  let id = 0
  const { send } = appOf(
    plainSystem('reports', { path: ':memory:', now: () => nowMs, newId: () => `n${++id}`, defects, seed: 0 }),
  )
  await send('POST', '/fhir', puts([1, 2, 3, 4].map((n) => ({ resourceType: 'Patient', id: `p${n}` }))))
  return send
}

const facts = (number: number) => ({
  namespace: 'ns',
  id: `d${number}`,
  identifier: `ns.${number}`,
  patient: `p${number}`,
  date: '2030-01-01T00:00:00Z',
  kind: '11502-2',
  title: 'laboratory report',
  sizeBytes: 300,
})

const publish = (send: Send, number: number) => {
  const resources = [documentBinary(facts(number), coding), documentReference(facts(number), coding)]
  const entries = resources.map((resource) => ({
    resource,
    request: { method: 'PUT' as const, url: `${resource.resourceType}/${resource.id}` },
  }))
  return send('POST', '/fhir', transaction(...entries))
}

const listed = async (send: Send, patient: number): Promise<readonly string[]> => {
  const { status, body } = await send('GET', `/fhir/DocumentReference?patient=Patient/p${patient}`)
  expect(status).toBe(200)
  return (body.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id)
}

describe('the health record of the twin', () => {
  it('gives a document as FHIR to whoever asks for FHIR, and its bytes to everybody else', async () => {
    const send = await ready()
    expect((await publish(send, 1)).status).toBe(200)
    expect((await send('GET', '/fhir/Binary/d1')).body).toMatchObject({ resourceType: 'Binary' })
    const { headers, body } = await send.with({ accept: 'application/pdf' })('GET', '/fhir/Binary/d1')
    expect([headers.get('content-type'), body]).toEqual(['application/pdf', documentText('ns.1', 300)])
    expect((await send.with({ accept: 'application/pdf' })('GET', '/fhir/Binary/d9')).status).toBe(404)
  })

  it('takes no reference without its bytes, and none of nobody', async () => {
    const send = await ready()
    expect((await send('PUT', '/fhir/DocumentReference/d1', documentReference(facts(1), coding))).status).toBe(422)
    expect((await publish(send, 9)).status).toBe(422)
    expect((await send('GET', '/fhir/Binary/d9')).status).toBe(404)
  })
})

describe('report-leak', () => {
  it('adds another’s document to its share of the lists', async () => {
    const send = await ready([{ kind: 'report-leak', shareRatio: 0.5 }])
    for (const number of [1, 2, 3, 4]) await publish(send, number)
    expect([await listed(send, 1), await listed(send, 2), await listed(send, 3), await listed(send, 4)]).toEqual([
      ['d1'],
      ['d2', 'd3'],
      ['d3'],
      ['d4', 'd1'],
    ])
  })
})
