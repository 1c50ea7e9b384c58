import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Bundle, FhirResource } from 'fhir/r4.js'
import { authorizer } from '../clients/token.ts'
import { appointmentResource } from '../generators/fhir/appointment.ts'
import { systems } from '../generators/fhir/naming.ts'
import { scheduleResource, slotResource } from '../generators/fhir/schedule.ts'
import { serviceRequestResource } from '../generators/fhir/service-request.ts'
import { bookTransaction, holdTransaction } from '../generators/fhir/transactions.ts'
import { startTwin } from '../twin/start-twin.ts'

/** What the twin does on this machine, client, both systems and disk sharing its cores. */
export interface TwinFigures {
  /** Journeys of two transactions each: hold, then book. */
  readonly holdAndBookPerSecond: number
  readonly transactionsPerSecond: number
  /** Slots by batch bundles of 400 PUTs over 4 connections. */
  readonly resourcesLoadedPerSecond: number
  /** From the call to both systems healthy. */
  readonly startMs: number
  /** Resident memory of `recup` after all of it. */
  readonly rssBytes: number
  /** CPU time of `recup` for one hold and book; a busy machine does not change it. */
  readonly bookingCpuMs: number
  /** A search for 20 free slots among all that were loaded, as the server counts it. */
  readonly slotSearchMs: number
}

const slotCount = 100_000
const slotsPerAgenda = 1000
const bundleSize = 400
const loadConnections = 4
const bookingConnections = 32
const bookingMs = 5000
const searches = 200
const searchSeconds = 'http_request_duration_seconds_sum{method="GET",route="/fhir/Slot",status="200"}'
const patients = 2000
const namespace = 'bench'
const credentials = { clientId: 'bench', clientSecret: 'bench' }

/** Starts a twin in a temporary folder, loads 100,000 slots, books for 5 s, and removes it all again. */
export const benchTwin = async (): Promise<TwinFigures> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'collaudo-bench-'))
  const startedMs = performance.now()
  const twin = await startTwin({ defects: [], dataDir, credentials })
  const startMs = performance.now() - startedMs
  const agent = new Agent({ keepAlive: true, maxSockets: bookingConnections })
  try {
    const auth = {
      kind: 'client-credentials',
      tokenUrl: twin.tokenUrl,
      clientIdEnv: 'clientId',
      clientSecretEnv: 'clientSecret',
    } as const
    const headers = await authorizer(auth, credentials, { now: Date.now })()
    const recup = client(twin.at('recup').baseUrl, agent, headers)
    const prescriptions = client(twin.at('prescriptions').baseUrl, agent, headers)
    await load(
      prescriptions,
      Array.from({ length: patients }, (_, patient) => prescription(patient)),
    )
    await load(recup, people())
    await load(
      recup,
      Array.from({ length: slotCount / slotsPerAgenda }, (_, number) => scheduleResource(agenda(number))),
    )
    const slots = Array.from({ length: slotCount }, (_, slot) => slotOf(slot))
    const loadMs = await timed(() => load(recup, slots))
    const cpuBeforeS = await metric(twin.at('recup').baseUrl, 'process_cpu_seconds_total')
    const booked = await book(recup)
    const cpuS = (await metric(twin.at('recup').baseUrl, 'process_cpu_seconds_total')) - cpuBeforeS
    await search(recup)
    return {
      holdAndBookPerSecond: (booked * 1000) / bookingMs,
      transactionsPerSecond: (booked * 2000) / bookingMs,
      resourcesLoadedPerSecond: (slotCount * 1000) / loadMs,
      startMs,
      rssBytes: await metric(twin.at('recup').baseUrl, 'process_resident_memory_bytes'),
      bookingCpuMs: (cpuS * 1000) / booked,
      slotSearchMs: ((await metric(twin.at('recup').baseUrl, searchSeconds)) * 1000) / searches,
    }
  } finally {
    agent.destroy()
    await twin.stop()
    await rm(dataDir, { recursive: true })
  }
}

type Send = (method: string, path: string, body?: Bundle<FhirResource>) => Promise<unknown>

const client =
  (baseUrl: string, agent: Agent, headers: Readonly<Record<string, string>>): Send =>
  (method, path, body) =>
    new Promise((resolve, reject) => {
      const contentType = { 'content-type': 'application/fhir+json', prefer: 'return=minimal' }
      const sent = request(`${baseUrl}${path}`, { method, agent, headers: { ...headers, ...(body && contentType) } })
      sent.on('error', reject)
      sent.on('response', async (response) => {
        const answer = await text(response)
        if (response.statusCode === 200) resolve(JSON.parse(answer))
        else reject(new Error(`expected 200 from ${method} ${path}, got ${response.statusCode} ${answer}`))
      })
      sent.end(body && JSON.stringify(body))
    })

const timed = async (work: () => Promise<void>): Promise<number> => {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}

const workers = async (count: number, work: () => Promise<void>): Promise<void> => {
  await Promise.all(Array.from({ length: count }, work))
}

const load = async (send: Send, resources: readonly FhirResource[]): Promise<void> => {
  let next = 0
  await workers(loadConnections, async () => {
    while (next < resources.length) {
      const part = resources.slice(next, next + bundleSize)
      next += bundleSize
      const entry = part.map((resource) => ({
        resource,
        request: { method: 'PUT' as const, url: `${resource.resourceType}/${resource.id}` },
      }))
      const answer = JSON.stringify(await send('POST', '', { resourceType: 'Bundle', type: 'batch', entry }))
      if (answer.includes('OperationOutcome'))
        throw new Error(`expected every resource stored, got ${answer.slice(0, 500)}`)
    }
  })
}

/** Books slot after slot until the time is over; counts bookings. */
const book = async (send: Send): Promise<number> => {
  const endMs = performance.now() + bookingMs
  let next = 0
  let booked = 0
  await workers(bookingConnections, async () => {
    while (performance.now() < endMs) {
      const slot = next++
      const held = await send('POST', '', holdTransaction(appointment(slot), [slotName(slot)], toBase64))
      const location: string = Object(held).entry[1].response.location
      await send(
        'POST',
        '',
        bookTransaction({ appointmentId: location.split('/')[1] ?? '', slots: [slotName(slot)] }, toBase64),
      )
      booked += 1
    }
  })
  return booked
}

const search = async (send: Send): Promise<void> => {
  const token = (system: string, code: string) => encodeURIComponent(`${system}|${code}`)
  const filters = [
    `service-type=${token(systems.service, 'S1')}`,
    `service-category=${token(systems.priority, 'B')}`,
    `appointment-type=${token(systems.visit, 'ROUTINE')}`,
    'status=free',
    'start=ge2030-01-10T08:00:00Z',
    `_tag=${token(systems.runTag, namespace)}`,
    '_sort=start',
    '_count=20',
  ]
  for (let i = 0; i < searches; i++) {
    const page = Object(await send('GET', `/Slot?${filters.join('&')}`))
    if (page.entry?.length !== 20) throw new Error(`expected 20 slots, got ${page.entry?.length}`)
  }
}

const metric = async (baseUrl: string, name: string): Promise<number> => {
  const metrics = await (await fetch(baseUrl.replace(/fhir$/, 'metrics'))).text()
  return Number(
    metrics
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length),
  )
}

const toBase64 = (ascii: string): string => Buffer.from(ascii).toString('base64')
const slotName = (slot: number) => `s${slot}`
const nre = (patient: number) => `1200A${String(patient).padStart(10, '0')}`

const people = (): readonly FhirResource[] => [
  { resourceType: 'Location', id: 'collaudo-loc-0' },
  ...Array.from({ length: patients }, (_, patient) => ({ resourceType: 'Patient' as const, id: `p1-${patient}` })),
]

const agenda = (number: number) => ({
  namespace,
  id: `a${number}`,
  structure: 0,
  area: '120201',
  service: `S${number % 20}`,
  priority: 'UBDP'[number % 4] ?? 'U',
  visit: 'ROUTINE' as const,
})

const slotOf = (slot: number) => {
  const startMs = Date.UTC(2030, 0, 1) + (slot % slotsPerAgenda) * 1_200_000
  const instant = (ms: number) => new Date(ms).toISOString()
  const times = { start: instant(startMs), end: instant(startMs + 1_200_000) }
  return slotResource(agenda(Math.floor(slot / slotsPerAgenda)), { id: slotName(slot), status: 'free', ...times })
}

const prescription = (patient: number) =>
  serviceRequestResource({
    namespace,
    id: `rx${patient}`,
    nre: nre(patient),
    seed: 1,
    patient,
    service: 'S1',
    priority: 'B',
    exemption: '',
    items: 1,
  })

const appointment = (slot: number) => {
  const patient = slot % patients
  return appointmentResource({
    namespace,
    identifier: `${namespace}.${slot}`,
    status: 'pending',
    patient: `p1-${patient}`,
    slots: [slotName(slot)],
    service: 'S1',
    nre: nre(patient),
    created: '2030-01-01T00:00:00Z',
  })
}
