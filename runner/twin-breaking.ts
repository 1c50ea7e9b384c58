import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Encryption, Links } from '../chaos/drivers/twin/links.ts'
import { twinDriver } from '../chaos/drivers/twin/twin-driver.ts'
import { startFaultProxy } from '../chaos/proxy/fault-proxy.ts'
import type { Experiment } from '../model/experiment.ts'
import type { Breaking } from './breaking.ts'

/** What a platform needs to notice that a process is gone and to start it again: assumption. */
const restartAfterMs = 2000

export interface TwinBreakingOptions {
  readonly experiment: Experiment
  readonly seed: number
  /** The run folder. */
  readonly dir: string
  /** Told of what must not outlive the run. */
  readonly started: (what: string, pid: number) => void
}

/** A proxy in every way of the embedded target, and signals to its processes. */
export const twinBreaking = async ({ experiment, seed, dir, started }: TwinBreakingOptions): Promise<Breaking> => {
  const proxy = await startFaultProxy({ seed, effectsFile: `${dir}/effects.ndjson`, log: () => {} })
  started('fault proxy', proxy.pid)
  const encryption = await encryptionOf(experiment)
  const links = new Links(proxy, encryption)
  const caFile = encryption && join(dir, 'ca.pem')
  if (caFile) await writeFile(caFile, encryption.certificates.ca)
  return {
    opening: {
      breakable: { via: links.via, replicas: experiment.replicas, restartAfterMs, ...(caFile && { caFile }) },
    },
    driverOf(twin) {
      if (twin) return twinDriver(links, twin)
      throw new RangeError('expected the embedded target, got one without processes of its own')
    },
    close: async () => {
      await proxy.stop()
    },
  }
}

/** Certificates are made only where they are needed. */
const encryptionOf = async ({ encrypted }: Experiment): Promise<Encryption | undefined> => {
  if (encrypted.length === 0) return undefined
  const { makeCertificates } = await import('../chaos/proxy/certificates.ts')
  return { ways: encrypted, certificates: makeCertificates(Date.now()) }
}
