import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { k6Path } from '../../cli/k6-path.ts'
import { parseSlice } from '../../cli/parse-options.ts'
import type { Scenario } from '../../model/scenario.ts'
import { type Target, targetSchema } from '../../model/target.ts'
import { drawPlan } from '../../planner/plan.ts'
import { writeRunFolder } from '../../planner/run-folder.ts'
import { k6Environment } from '../../runner/k6-environment.ts'
import { openTarget } from '../../runner/open-target.ts'
import { prepare } from '../../runner/prepare.ts'
import { dayZeroOf } from '../../runner/prepare-target.ts'
import { smoke } from '../../runner/smoke.ts'
import { emergencyMonth } from '../../scenarios/emergency-month.ts'
import { recupDay } from '../../scenarios/recup-day.ts'
import { startTwin } from '../../twin/start-twin.ts'
import { fhirProblems } from '../fhir-problems.ts'

const { signal } = new AbortController()

/** Everybody there is. */
const everybody: Scenario = { ...recupDay, streams: [...recupDay.streams, ...emergencyMonth.streams] }

/** A server that passes requests on to a system and keeps their FHIR bodies. */
const recording = async (baseUrl: string, bodies: Set<string>): Promise<string> => {
  const server: Server = createServer(async (request, response) => {
    const body = await text(request)
    if (body.includes('"resourceType"')) bodies.add(body)
    const { method = 'GET', url = '', headers } = request
    const { host: _, connection: __, ...rest } = headers
    const answer = await fetch(new URL(url, baseUrl), {
      method,
      headers: Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
      ...(body !== '' && { body }),
    })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(baseUrl).pathname}`
}

const recordedTwin = async (dir: string, bodies: Set<string>): Promise<Target> => {
  const credentials = { clientId: 'collaudo', clientSecret: 'a secret' }
  const twin = await startTwin({ defects: [], dataDir: join(dir, 'twin'), credentials })
  onTestFinished(() => twin.stop())
  const systems: Record<string, { readonly baseUrl: string }> = {}
  for (const name of twin.systems) systems[name] = { baseUrl: await recording(twin.at(name).baseUrl, bodies) }
  return targetSchema.parse({
    schemaVersion: 1,
    name: 'recorded',
    environment: 'development',
    allowedHosts: ['127.0.0.1'],
    systems,
    auth: { kind: 'client-credentials', tokenUrl: twin.tokenUrl, clientIdEnv: 'ID', clientSecretEnv: 'SECRET' },
  })
}

/** The resource of a request, and those in a bundle. */
const resourcesIn = (body: string): readonly { readonly resourceType: string }[] => {
  const resource = JSON.parse(body)
  const entries: readonly { resource?: { resourceType: string } }[] = resource.entry ?? []
  return [resource, ...entries.flatMap((entry) => entry.resource ?? [])]
}

test('everything that is loaded, and that any journey of any stream sends, is valid FHIR R4', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-validity-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const bodies = new Set<string>()
  const target = await recordedTwin(dir, bodies)
  const slice = parseSlice({ day: 'monday', from: '09:00', to: '09:01' }, everybody)
  const drawn = drawPlan({ scenario: everybody, slice, seed: 1, fiscalCodes: 'marked' })
  const { plan } = drawn
  await writeRunFolder(dir, drawn)
  const env = { ID: 'collaudo', SECRET: 'a secret' }
  const open = await openTarget(target, { systems: plan.systems, env, defects: [], dataDir: '' })
  const client = (system: (typeof plan.systems)[number]) => open.client(system, signal)
  await prepare({
    dir,
    plan,
    namespace: 'ns',
    client,
    dayZeroUnixMs: dayZeroOf(Date.now()),
    signal,
    onLoaded: () => {},
  })
  const loaded = bodies.size
  await smoke({ k6: k6Path(process.env), dir, env: k6Environment(open, 'ns'), streams: plan.streams, signal })
  expect(bodies.size).toBeGreaterThan(loaded + 20)
  const problems = [...bodies].flatMap(fhirProblemsOf)
  expect([...new Set(problems)]).toEqual([])
  const types = new Set([...bodies].flatMap(resourcesIn).map(({ resourceType }) => resourceType))
  expect([...types]).toEqual(
    expect.arrayContaining(['Patient', 'Slot', 'Schedule', 'Appointment', 'Task', 'Invoice', 'ServiceRequest']),
  )
  expect([...types]).toEqual(
    expect.arrayContaining(['Encounter', 'Observation', 'DiagnosticReport', 'DocumentReference', 'Organization']),
  )
})

const fhirProblemsOf = (body: string): readonly string[] => fhirProblems(JSON.parse(body))
