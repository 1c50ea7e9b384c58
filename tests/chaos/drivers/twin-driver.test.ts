import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Driver, Proof } from '../../../chaos/driver.ts'
import { Links } from '../../../chaos/drivers/links/links.ts'
import { twinDriver } from '../../../chaos/drivers/twin/twin-driver.ts'
import { makeCertificates } from '../../../chaos/proxy/certificates.ts'
import { type FaultProxy, startFaultProxy } from '../../../chaos/proxy/fault-proxy.ts'
import { isThere } from '../../../chaos/restoring/process-mark.ts'
import type { Fault, FaultKind } from '../../../model/fault.ts'
import { faultKinds } from '../../../model/fault-kinds.ts'
import { startTwin } from '../../../twin/start-twin.ts'
import type { Twin } from '../../../twin/twin.ts'

/** One of each kind, large enough to be told from noise. */
const examples: Readonly<Record<Exclude<FaultKind, 'dns-failure'>, Fault>> = {
  latency: { kind: 'latency', component: 'recup', delayMs: 400, jitterMs: 50 },
  partition: { kind: 'partition', component: 'prescriptions' },
  reset: { kind: 'reset', component: 'clients→recup' },
  bandwidth: { kind: 'bandwidth', component: 'recup#1', bytesPerSecond: 500 },
  slicing: { kind: 'slicing', component: 'clients→recup', sliceBytes: 20, delayMs: 50 },
  'stall-and-reset': { kind: 'stall-and-reset', component: 'clients→identity', shareRatio: 0.5, stallMs: 200 },
  'http-error': { kind: 'http-error', component: 'clients→recup', status: 503 },
  'slow-body': { kind: 'slow-body', component: 'clients→recup', bytesPerSecond: 500 },
  'truncated-body': { kind: 'truncated-body', component: 'clients→recup' },
  'altered-body': { kind: 'altered-body', component: 'clients→recup', shareRatio: 0.9 },
  'expired-certificate': { kind: 'expired-certificate', component: 'recup→prescriptions' },
  kill: { kind: 'kill', component: 'prescriptions' },
  freeze: { kind: 'freeze', component: 'recup#2' },
  'rolling-restart': { kind: 'rolling-restart', component: 'recup', everyMs: 300 },
  'cpu-pressure': { kind: 'cpu-pressure', component: 'prescriptions', loadRatio: 0.3 },
  'memory-pressure': { kind: 'memory-pressure', component: 'prescriptions', sizeBytes: 50_000_000 },
  'clock-skew': { kind: 'clock-skew', component: 'recup#1', offsetMs: 3_600_000 },
  'read-only-storage': { kind: 'read-only-storage', component: 'recup.store' },
  'disk-full': { kind: 'disk-full', component: 'recup.store' },
  'slow-storage': { kind: 'slow-storage', component: 'recup.store', delayMs: 300 },
}

/** Longer than any of these tests. */
const lastsMs = 60_000

let folder = ''
let proxy: FaultProxy
let twin: Twin
let driver: Driver

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'collaudo-driver-'))
  proxy = await startFaultProxy({ seed: 1, effectsFile: join(folder, 'effects.ndjson'), log: () => {} })
  const certificates = makeCertificates(Date.now())
  const caFile = join(folder, 'ca.pem')
  writeFileSync(caFile, certificates.ca)
  const links = new Links(proxy, { ways: ['recup→prescriptions'], certificates })
  twin = await startTwin({
    systems: ['recup', 'prescriptions'],
    defects: [],
    dataDir: join(folder, 'twin'),
    credentials: { clientId: 'c', clientSecret: 's' },
    via: links.via,
    replicas: { recup: 2 },
    restartAfterMs: 100,
    caFile,
  })
  driver = twinDriver(links, twin)
}, 60_000)

afterAll(async () => {
  await twin?.stop()
  await proxy?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Measures until it holds, as the conductor does; the last measurement otherwise. */
const until = async (measure: () => Promise<Proof>): Promise<Proof> => {
  for (let tries = 0; tries < 100; tries++) {
    const proof = await measure()
    if (proof.holds) return proof
    await sleep(50)
  }
  return measure()
}

describe('the driver of the twin', () => {
  it('has an example of every kind of fault that it can make', () => {
    expect(Object.keys(examples).toSorted()).toEqual(faultKinds.filter((kind) => kind !== 'dns-failure').toSorted())
  })

  describe.each(Object.values(examples).map((fault) => [fault.kind, fault.component, fault] as const))(
    '%s on %s',
    (_kind, _component, fault) => {
      it('is proven while it is there, and is gone afterwards', async () => {
        expect(driver.cannot(fault)).toBeUndefined()
        await driver.calibrate(fault)
        const injection = await driver.inject(`test-${fault.kind}`, fault, lastsMs)
        expect(await until(() => injection.prove())).toMatchObject({ holds: true })
        await injection.restore()
        expect(await until(() => injection.proveGone())).toMatchObject({ holds: true })
        // Whoever ends it once more does no harm.
        await injection.restore()
        expect(await until(() => injection.proveGone())).toMatchObject({ holds: true })
      }, 60_000)

      it('can be undone by somebody else, who knows how before it is made', async () => {
        await driver.calibrate(fault)
        const undoings = driver.undoingsOf(fault, 'f1')
        expect(undoings.every((undoing) => 'process' in undoing && isThere(undoing.process))).toBe(true)
        expect(undoings.length > 0).toBe(!['kill', 'rolling-restart'].includes(fault.kind))
      })
    },
  )

  it.each<readonly [string, Fault]>([
    ['a component that is not there', { kind: 'freeze', component: 'reports' }],
    ['a replica that is not there', { kind: 'freeze', component: 'recup#3' }],
    ['a fault of storage on a system', { kind: 'disk-full', component: 'recup' }],
    ['a fault of a process on a way', { kind: 'kill', component: 'recup→prescriptions' }],
    ['a name that is not resolved', { kind: 'dns-failure', component: 'recup→prescriptions' }],
  ])('says that it cannot make %s', (_, fault) => {
    expect(driver.cannot(fault)).toMatch(/^(expected .*, got |the systems of the twin find each other by address)/)
  })

  it('counts calls over each way', async () => {
    const before = (await driver.calls())['clients→recup'] ?? 0
    await fetch(`${twin.at('recup').baseUrl.replace('/fhir', '')}/health`)
    expect((await driver.calls())['clients→recup']).toBeGreaterThan(before)
  })

  it('tells the health of every system past a fault on its way, and that of the way over it', async () => {
    const well = {
      recup: true,
      prescriptions: true,
      identity: true,
      'clients→recup': true,
      'clients→prescriptions': true,
      'clients→identity': true,
    }
    expect(await driver.health()).toEqual(well)
    await driver.calibrate(examples.reset)
    const injection = await driver.inject('test-health', examples.reset, lastsMs)
    expect(await driver.health()).toEqual({ ...well, 'clients→recup': false })
    await injection.restore()
    expect(await driver.health()).toEqual(well)
  })

  it('takes a processor that is busy anyway for no pressure on it', async () => {
    const fault: Fault = { kind: 'cpu-pressure', component: 'prescriptions', loadRatio: 0.4 }
    // Its real work, in place of which the same pressure stands here, is there before the fault and stays.
    await driver.calibrate(fault)
    const work = await driver.inject('test-work', fault, lastsMs)
    expect(await until(() => work.prove())).toMatchObject({ holds: true })
    await driver.calibrate(fault)
    await sleep(500)
    const more = await driver.inject('test-more', fault, lastsMs)
    expect(await more.prove()).toMatchObject({
      holds: false,
      sentence: expect.stringMatching(/busy \d+ %, before it [1-9]/),
    })
    await more.restore()
  }, 60_000)
})
