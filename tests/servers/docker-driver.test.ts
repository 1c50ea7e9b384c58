import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Driver } from '../../chaos/driver.ts'
import { dockerDriver } from '../../chaos/drivers/docker/docker-driver.ts'
import { type ContainedProxy, startProxyContainer } from '../../chaos/drivers/docker/proxy-container.ts'
import { Links } from '../../chaos/drivers/links/links.ts'
import { makeCertificates } from '../../chaos/proxy/certificates.ts'
import type { Engine } from '../../containers/engine.ts'
import { findEngine } from '../../containers/engine.ts'
import { provideImage } from '../../containers/image.ts'
import { nameOf } from '../../containers/labels.ts'
import { logsIn } from '../../containers/log-files.ts'
import { makeNetwork } from '../../containers/network.ts'
import { removeRun } from '../../containers/remove-run.ts'
import { makeVolume } from '../../containers/volume.ts'
import { containerLaunch, dataInside } from '../../twin/container-launch.ts'
import { startTwin } from '../../twin/start-twin.ts'
import type { Twin } from '../../twin/twin.ts'
import { conformance, proxied } from '../chaos/drivers/conformance.ts'
import { type Docker, startDocker } from './docker.ts'

const run = 'conformance'
let docker: Docker
let folder = ''
let engine: Engine
let proxy: ContainedProxy
let twin: Twin
let driver: Driver

beforeAll(async () => {
  docker = await startDocker()
  process.env['DOCKER_HOST'] = docker.host
  engine = await findEngine()
  folder = mkdtempSync(join(tmpdir(), 'collaudo-driver-'))
  const image = await provideImage(engine, { named: undefined, folder: join(folder, 'image'), tell: () => {} })
  const network = await makeNetwork(engine, run)
  const recup = await makeVolume(engine, run, { what: 'recup', limitBytes: 64 * 1024 * 1024 })
  const prescriptions = await makeVolume(engine, run, { what: 'prescriptions' })
  const volumeOf = async (system: string) => (system === 'recup' ? recup : prescriptions)
  const readOnlyUntil = new Map<string, number>()
  const modeOf = (system: string) => (Date.now() < (readOnlyUntil.get(system) ?? 0) ? 'ro' : 'rw')
  const place = {
    engine,
    image,
    run,
    network,
    volumeOf,
    modeOf,
    memoryBytesOf: () => 512 * 1024 * 1024,
    logOf: logsIn(folder),
  }
  const keeps = [{ source: recup, target: '/keeps/recup', mode: 'ro' as const }]
  proxy = await startProxyContainer({ ...place, seed: 1, dir: folder, keeps, log: () => {} })
  const certificates = makeCertificates(Date.now(), proxy.peerHost)
  const caFile = join(folder, 'ca.pem')
  writeFileSync(caFile, certificates.ca)
  const links = new Links(proxy, { ways: ['recup→prescriptions'], certificates })
  twin = await startTwin({
    systems: ['recup', 'prescriptions'],
    defects: [],
    dataDir: dataInside,
    credentials: { clientId: 'c', clientSecret: 's' },
    via: links.via,
    replicas: { recup: 2 },
    restartAfterMs: 100,
    launch: containerLaunch(place),
    caFile,
  })
  driver = dockerDriver({
    engine,
    links,
    proxyId: proxy.id,
    systems: twin,
    mount: (system, untilUnixMs) => void readOnlyUntil.set(system, untilUnixMs),
    nameOf: (component) => nameOf(run, component),
  })
}, 120_000)

afterAll(async () => {
  await twin?.stop()
  await proxy?.stop()
  if (engine) await removeRun(engine, run)
  await docker?.stop()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

describe('the driver for Docker', () => {
  conformance({
    ...proxied,
    driver: () => driver,
    cannot: ['dns-failure', 'clock-skew', 'slow-storage'],
    isThere: async (undoing) =>
      'container' in undoing && (await engine.container.getById(undoing.container).inspect()).State.Running,
    // A disk in memory is full as long as anybody has it; read-only mounts end with their time.
    isUndoneApart: (fault, undoings) =>
      fault.kind !== 'read-only-storage' && undoings.every((one) => 'container' in one && one.container !== proxy.id),
  })
})
