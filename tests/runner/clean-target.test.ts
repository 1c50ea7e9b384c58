import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { systems } from '../../generators/fhir/naming.ts'
import { targetSchema } from '../../model/target.ts'
import { cleanTarget } from '../../runner/clean-target.ts'
import { type Answer, answeringServer } from '../clients/answering-server.ts'

/** Cleans `r1` from a server that gives these answers; the requests it got, besides. */
const cleaned = async (answer: (request: IncomingMessage) => Answer) => {
  const requests: string[] = []
  const url = await answeringServer((request) => {
    requests.push(`${request.method} ${decodeURIComponent(request.url ?? '')}`)
    return answer(request)
  })
  const runsDir = mkdtempSync(join(tmpdir(), 'collaudo-clean-'))
  onTestFinished(() => rmSync(runsDir, { recursive: true }))
  const target = targetSchema.parse({
    schemaVersion: 1,
    name: 'somewhere',
    environment: 'staging',
    allowedHosts: ['127.0.0.1'],
    systems: { recup: { baseUrl: url } },
  })
  const { signal } = new AbortController()
  const work = cleanTarget({
    target,
    namespace: 'r1',
    sharedOfSeed: undefined,
    runsDir,
    env: {},
    signal,
    onRemoved: () => {},
  })
  await work.catch(() => {})
  expect(readdirSync(runsDir)).toEqual([])
  return { work, requests }
}

const bundle = (entry: readonly unknown[]): Answer => ({ body: { resourceType: 'Bundle', type: 'searchset', entry } })
const tagged = (id: string, code = 'r1') => ({
  resource: { resourceType: 'Appointment', id, meta: { tag: [{ system: systems.runTag, code }] } },
})
const isSearch = ({ method }: IncomingMessage): boolean => method === 'GET'

test('a target without anything of the run is left as it is', async () => {
  const { work, requests } = await cleaned(() => bundle([]))
  expect(await work).toEqual({ Appointment: 0, Invoice: 0, Task: 0, Slot: 0, Schedule: 0, ServiceRequest: 0 })
  expect(requests).toEqual(
    ['Appointment', 'Invoice', 'Task', 'Slot', 'Schedule', 'ServiceRequest'].map(
      (type) => `GET /${type}?_tag=urn:collaudo:run|r1&_count=200`,
    ),
  )
})

test('a server that does not know _tag, and so answers with all it has, loses nothing', async () => {
  const { work, requests } = await cleaned(() => bundle([tagged('mine'), tagged('of-somebody', 'r2')]))
  await expect(work).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(/only resources tagged r1 .* got Appointment\/of-somebody without the tag/),
  })
  expect(requests.filter((request) => !request.startsWith('GET'))).toEqual([])
})

test('a refusal to delete is named', async () => {
  const { work } = await cleaned((request) =>
    isSearch(request) ? bundle([tagged('a1')]) : bundle([{ response: { status: '409 Conflict' } }]),
  )
  await expect(work).rejects.toMatchObject({
    message: expect.stringContaining('Appointment/a1 to be deleted at'),
    hint: expect.stringContaining('run the same command again'),
  })
})

test('what others of its type still refer to goes after them', async () => {
  const there = new Set(['access', 'stay-after-it'])
  const { work } = await cleaned((request) => {
    if (isSearch(request))
      return bundle(request.url?.startsWith('/Appointment') ? [...there].map((id) => tagged(id)) : [])
    const ids = [...there]
    const isFree = (id: string) => id !== 'access' || there.size === 1
    for (const id of ids.filter(isFree)) there.delete(id)
    return bundle(ids.map((id) => ({ response: { status: ids.length === 1 || id !== 'access' ? '204' : '409' } })))
  })
  expect(await work).toMatchObject({ Appointment: 2 })
  expect(there.size).toBe(0)
})

test('a server that goes on listing what it has deleted does not keep the command for ever', async () => {
  const { work, requests } = await cleaned((request) =>
    isSearch(request) ? bundle([tagged('a1')]) : bundle([{ response: { status: '204' } }]),
  )
  await expect(work).rejects.toMatchObject({
    message: expect.stringContaining('Appointment/a1 gone once it is deleted'),
  })
  expect(requests).toHaveLength(3)
})
