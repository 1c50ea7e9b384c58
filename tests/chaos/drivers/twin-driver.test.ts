import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Driver } from '../../../chaos/driver.ts'
import { Links } from '../../../chaos/drivers/links/links.ts'
import { twinDriver } from '../../../chaos/drivers/twin/twin-driver.ts'
import { makeCertificates } from '../../../chaos/proxy/certificates.ts'
import { type FaultProxy, startFaultProxy } from '../../../chaos/proxy/fault-proxy.ts'
import { isThere } from '../../../chaos/restoring/process-mark.ts'
import type { Fault } from '../../../model/fault.ts'
import { startTwin } from '../../../twin/start-twin.ts'
import type { Twin } from '../../../twin/twin.ts'
import { conformance, lastsMs, proxied, until } from './conformance.ts'

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

describe('the driver of the twin', () => {
  conformance({
    ...proxied,
    driver: () => driver,
    cannot: ['dns-failure'],
    isThere: async (undoing) => 'process' in undoing && isThere(undoing.process),
    isUndoneApart: (_, undoings) => undoings.every((one) => 'process' in one && one.process.pid !== proxy.pid),
  })

  it('counts calls over each way', async () => {
    const before = (await driver.calls())['clients→recup'] ?? 0
    await fetch(`${twin.at('recup').baseUrl.replace('/fhir', '')}/health`)
    expect((await driver.calls())['clients→recup']).toBeGreaterThan(before)
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
