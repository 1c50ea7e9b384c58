import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Driver } from '../chaos/driver.ts'
import { dockerDriver } from '../chaos/drivers/docker/docker-driver.ts'
import { startProxyContainer } from '../chaos/drivers/docker/proxy-container.ts'
import { type Encryption, Links } from '../chaos/drivers/links/links.ts'
import { twinDriver } from '../chaos/drivers/twin/twin-driver.ts'
import { type FaultProxy, startFaultProxy } from '../chaos/proxy/fault-proxy.ts'
import { nameOf } from '../containers/labels.ts'
import type { Experiment } from '../model/experiment.ts'
import type { Twin } from '../twin/twin.ts'
import type { Breaking } from './breaking.ts'
import type { Containers } from './containers.ts'

export interface ProxiedBreakingOptions {
  readonly experiment: Experiment
  readonly seed: number
  /** The run folder; an absolute path where there are containers. */
  readonly dir: string
  /** Where the systems of the embedded target run, when not as processes. */
  readonly containers: Containers | undefined
  /** Told of what must not outlive the run. */
  readonly started: (what: string, pid: number) => void
}

/** What a platform needs to notice that a process is gone and to start it again: assumption. */
const restartAfterMs = 2000

/** A proxy in every way of the embedded target, and what its processes or containers bear. */
export const proxiedBreaking = async (options: ProxiedBreakingOptions): Promise<Breaking> => {
  const { experiment, dir, containers } = options
  const { proxy, driver } = containers ? await contained(options, containers) : await onThisMachine(options)
  const encryption = await encryptionOf(experiment, proxy)
  const links = new Links(proxy, encryption)
  const caFile = encryption && join(dir, 'ca.pem')
  if (caFile) await writeFile(caFile, encryption.certificates.ca)
  return {
    opening: {
      breakable: { via: links.via, replicas: experiment.replicas, restartAfterMs, ...(caFile && { caFile }) },
    },
    driverOf(twin) {
      if (twin) return driver(links, twin)
      throw new RangeError('expected the embedded target, got one that is not ours')
    },
    close: () => proxy.stop(),
  }
}

interface Proxied {
  readonly proxy: FaultProxy
  readonly driver: (links: Links, twin: Twin) => Driver
}

const onThisMachine = async ({ dir, seed, started }: ProxiedBreakingOptions): Promise<Proxied> => {
  const proxy = await startFaultProxy({
    seed,
    effectsFile: `${dir}/effects.ndjson`,
    log: () => {},
    started: (pid) => started('fault proxy', pid),
  })
  return { proxy, driver: twinDriver }
}

const contained = async (
  { dir, seed }: ProxiedBreakingOptions,
  { place, keeps, mount }: Containers,
): Promise<Proxied> => {
  const proxy = await startProxyContainer({ ...place, seed, dir, keeps, log: place.logOf('fault-proxy') })
  const { engine, run } = place
  const made = { engine, proxyId: proxy.id, mount, nameOf: (component: string) => nameOf(run, component) }
  return { proxy, driver: (links, systems) => dockerDriver({ ...made, links, systems }) }
}

/** Certificates are made only where they are needed. */
const encryptionOf = async ({ encrypted }: Experiment, { peerHost }: FaultProxy): Promise<Encryption | undefined> => {
  if (encrypted.length === 0) return undefined
  const { makeCertificates } = await import('../chaos/proxy/certificates.ts')
  return { ways: encrypted, certificates: makeCertificates(Date.now(), peerHost) }
}
