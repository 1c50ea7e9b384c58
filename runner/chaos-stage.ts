import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Driver } from '../chaos/driver.ts'
import { dockerDriver } from '../chaos/drivers/docker/docker-driver.ts'
import { type ContainedProxy, startProxyContainer } from '../chaos/drivers/docker/proxy-container.ts'
import { type Encryption, Links } from '../chaos/drivers/links/links.ts'
import { twinDriver } from '../chaos/drivers/twin/twin-driver.ts'
import { type FaultProxy, startFaultProxy } from '../chaos/proxy/fault-proxy.ts'
import type { Experiment } from '../model/experiment.ts'
import type { Twin } from '../twin/twin.ts'
import type { Containers } from './containers.ts'
import type { OpenOptions } from './open-target.ts'
import type { RunJournal } from './run-journal.ts'

export interface ChaosStageOptions {
  readonly experiment: Experiment
  readonly dir: string
  readonly seed: number
  readonly journal: RunJournal
  /** Where the systems are to run in containers. */
  readonly containers: Containers | undefined
}

/** Where an experiment is conducted: the proxy in every way, and what makes faults real. */
export interface ChaosStage {
  readonly journal: RunJournal
  /** How the target is opened, so that it can be broken. */
  readonly breakable: NonNullable<OpenOptions['breakable']>
  driverOf(twin: Twin): Driver
  close(): Promise<void>
}

/** What a platform needs to notice that a process is gone and to start it again: assumption. */
const restartAfterMs = 2000

/** Starts the proxy and tells the journal of it. */
export const openChaosStage = async (options: ChaosStageOptions): Promise<ChaosStage> => {
  const { experiment, dir, seed, journal, containers } = options
  const proxied = containers ? await contained(options, containers) : await onThisMachine(dir, seed)
  journal.started('fault proxy', proxied.proxy.pid)
  const encryption = await encryptionOf(experiment, proxied.proxy)
  const links = new Links(proxied.proxy, encryption)
  const caFile = encryption && join(dir, 'ca.pem')
  if (caFile) await writeFile(caFile, encryption.certificates.ca)
  return {
    journal,
    breakable: { via: links.via, replicas: experiment.replicas, restartAfterMs, ...(caFile && { caFile }) },
    driverOf: (twin) => proxied.driver(links, twin),
    close: () => proxied.proxy.stop(),
  }
}

interface Proxied {
  readonly proxy: FaultProxy
  readonly driver: (links: Links, twin: Twin) => Driver
}

const onThisMachine = async (dir: string, seed: number): Promise<Proxied> => {
  const proxy = await startFaultProxy({ seed, effectsFile: `${dir}/effects.ndjson`, log: () => {} })
  return { proxy, driver: twinDriver }
}

const contained = async ({ dir, seed }: ChaosStageOptions, { place, keeps }: Containers): Promise<Proxied> => {
  const proxy: ContainedProxy = await startProxyContainer({ ...place, seed, dir, keeps, log: () => {} })
  const { engine } = place
  return { proxy, driver: (links, systems) => dockerDriver({ engine, links, proxyId: proxy.id, systems }) }
}

/** Certificates are made only where they are needed. */
const encryptionOf = async ({ encrypted }: Experiment, { peerHost }: FaultProxy): Promise<Encryption | undefined> => {
  if (encrypted.length === 0) return undefined
  const { makeCertificates } = await import('../chaos/proxy/certificates.ts')
  return { ways: encrypted, certificates: makeCertificates(Date.now(), peerHost) }
}
