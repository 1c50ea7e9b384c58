import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FhirClient } from '../../clients/fhir-client.ts'
import type { InsideFault } from '../../twin/faults/inside-fault.ts'
import { startTwin } from '../../twin/start-twin.ts'
import type { Twin } from '../../twin/twin.ts'
import { puts } from './test-system.ts'
import { authorizeBy, credentials, folder } from './test-twin.ts'

let twin: Twin
let removeFolder = () => {}
let number = 0

beforeAll(async () => {
  const dataDir = folder((remove) => {
    removeFolder = remove
  })
  const replicas = { emergency: 2 }
  twin = await startTwin({ defects: [], credentials, systems: ['emergency', 'imaging'], replicas, dataDir })
  expect(await write('emergency#1')).toBe(200)
})

afterAll(async () => {
  await twin.stop()
  removeFolder()
})

const clientAt = (component: string): FhirClient =>
  new FhirClient({ baseUrl: `${twin.direct(component)}/fhir`, authorize: authorizeBy(twin), timeoutMs: 20_000 })

/** The status of a write that makes something new. */
const write = async (component: string): Promise<number> =>
  (await clientAt(component).transaction(puts([{ resourceType: 'Patient', id: `p${number++}` }], 'transaction'))).status

const read = async (component: string): Promise<number> => (await clientAt(component).get('Patient/p0')).status

const tookMs = async (work: () => Promise<unknown>): Promise<number> => {
  const begunMs = performance.now()
  await work()
  return performance.now() - begunMs
}

const metric = async (component: string, name: string): Promise<number> => {
  const text = await (await fetch(`${twin.direct(component)}/metrics`)).text()
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1])
}

const skewMs = async (component: string): Promise<number> =>
  Object(await (await fetch(`${twin.direct(component)}/health`)).json()).nowUnixMs - Date.now()

/** What a process uses of a core over a while. */
const cpuRatio = async (component: string): Promise<number> => {
  const before = await metric(component, 'process_cpu_seconds_total')
  await new Promise((resolve) => setTimeout(resolve, 500))
  return ((await metric(component, 'process_cpu_seconds_total')) - before) / 0.5
}

interface Case {
  readonly fault: InsideFault
  /** One that is hit, and one beside it that is not. */
  readonly hit: string
  readonly spared?: string
  /** Whether the fault shows at a process. */
  readonly shows: (component: string) => Promise<boolean>
}

const store = 'emergency.store'
const second = 'emergency#2'
const cases: readonly Case[] = [
  {
    fault: { kind: 'read-only-storage', component: store },
    hit: store,
    shows: async (process) => (await write(process)) === 503,
  },
  {
    fault: { kind: 'disk-full', component: store },
    hit: store,
    shows: async (process) => (await write(process)) === 507,
  },
  {
    fault: { kind: 'slow-storage', component: store, delayMs: 600 },
    hit: store,
    shows: async (process) => {
      const each = [await tookMs(() => write(process)), await tookMs(() => read(process))]
      return each.every((ms) => ms >= 600)
    },
  },
  {
    fault: { kind: 'cpu-pressure', component: second, loadRatio: 0.8 },
    hit: second,
    spared: 'emergency#1',
    shows: async (process) => (await cpuRatio(process)) > 0.1,
  },
  {
    fault: { kind: 'memory-pressure', component: second, sizeBytes: 400_000_000 },
    hit: second,
    spared: 'emergency#1',
    shows: async (process) => (await metric(process, 'process_resident_memory_bytes')) > 400_000_000,
  },
  {
    fault: { kind: 'clock-skew', component: second, offsetMs: 3_600_000 },
    hit: second,
    spared: 'emergency#1',
    shows: async (process) => Math.abs((await skewMs(process)) - 3_600_000) < 60_000,
  },
]

describe.each(cases.map((one) => [one.fault.kind, one] as const))('%s', (_, { fault, hit, spared, shows }) => {
  const processes = hit === store ? ['emergency#1', second] : [hit]
  const shown = () => Promise.all(processes.map(shows))

  it('shows while it is on, lets the rest live, goes when it is off, and twice is once', async () => {
    expect(new Set(await shown())).toEqual(new Set([false]))
    await twin.instruct(hit, fault, true)
    await twin.instruct(hit, fault, true)
    expect(new Set(await shown())).toEqual(new Set([true]))
    if (spared !== undefined) expect(await shows(spared)).toBe(false)
    if (fault.kind !== 'clock-skew') expect(await read(second)).toBe(200)
    await twin.instruct(hit, fault, false)
    expect(new Set(await shown())).toEqual(new Set([false]))
    await twin.instruct(hit, fault, false)
    expect([await write('emergency#1'), await write(second)]).toEqual([200, 200])
  })
})

describe('storage that fails', () => {
  it.each([
    ['read-only-storage', 503],
    ['disk-full', 507],
  ] as const)('(%s) is told in an OperationOutcome, and keeps nothing of what was refused', async (kind, status) => {
    const client = clientAt('emergency#1')
    await twin.instruct(store, { kind, component: store }, true)
    const id = `never-${kind}`
    const answer = await client.transaction(puts([{ resourceType: 'Patient', id }], 'transaction'))
    expect(answer).toMatchObject({ status, body: { resourceType: 'OperationOutcome', issue: [{ code: 'no-store' }] } })
    await twin.instruct(store, { kind, component: store }, false)
    expect((await client.get(`Patient/${id}`)).status).toBe(404)
  })
})

describe('a clock that is wrong', () => {
  it('is what tokens and resources are dated by', async () => {
    const client = clientAt('emergency#2')
    const fault: InsideFault = { kind: 'clock-skew', component: second, offsetMs: -3_600_000 }
    await twin.instruct(second, fault, true)
    await client.transaction(puts([{ resourceType: 'Patient', id: 'dated' }]))
    const { body } = await client.get('Patient/dated')
    expect(Date.now() - Date.parse(body?.meta?.lastUpdated ?? '')).toBeGreaterThan(3_000_000)
    await twin.instruct(second, { ...fault, offsetMs: 3_600_000 }, true)
    expect((await client.get('Patient/dated')).status).toBe(401)
    await twin.instruct(second, fault, false)
    expect((await client.get('Patient/dated')).status).toBe(200)
  })
})

describe('an order', () => {
  const cpu: InsideFault = { kind: 'cpu-pressure', component: 'x', loadRatio: 0.5 }
  const full: InsideFault = { kind: 'disk-full', component: 'x' }

  it.each([
    ['recup', cpu, 'cpu-pressure: expected a system or a replica such as recup or recup#2 of this twin, got recup'],
    [
      'emergency#3',
      cpu,
      'cpu-pressure: expected a system or a replica such as recup or recup#2 of this twin, got emergency#3',
    ],
    [
      'emergency.store',
      cpu,
      'cpu-pressure: expected a system or a replica such as recup or recup#2, got emergency.store',
    ],
    ['emergency', full, 'disk-full: expected a store such as recup.store, got emergency'],
    ['identity.store', full, 'disk-full: expected a store such as recup.store of this twin, got identity.store'],
    ['clients→imaging', full, 'disk-full: expected a store such as recup.store, got clients→imaging'],
  ])('to %s is refused when it does not fit', async (component, fault, message) => {
    await expect(twin.instruct(component, fault, true)).rejects.toThrow(message)
  })

  it('that cannot be carried out is told by the process', async () => {
    const much: InsideFault = { kind: 'memory-pressure', component: 'identity', sizeBytes: 1e15 }
    await expect(twin.instruct('identity', much, true)).rejects.toThrow('expected at most half of the machine’s memory')
  })

  it('to end a fault of a process that is gone has nothing to do, and to begin one fails', async () => {
    const { pid } = twin.at('imaging')
    process.kill(pid, 'SIGKILL')
    await twin.died
    await twin.instruct('imaging', cpu, false)
    await expect(twin.instruct('imaging', cpu, true)).rejects.toThrow(
      'expected a process of imaging that is up, got none',
    )
  })
})
