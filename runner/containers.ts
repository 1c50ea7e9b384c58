import { join } from 'node:path'
import { findEngine, hostOf } from '../containers/engine.ts'
import { provideImage } from '../containers/image.ts'
import { logsIn } from '../containers/log-files.ts'
import { makeNetwork } from '../containers/network.ts'
import { removeRun } from '../containers/remove-run.ts'
import type { Mount } from '../containers/start-container.ts'
import { makeVolume } from '../containers/volume.ts'
import type { Experiment } from '../model/experiment.ts'
import type { ContainerPlace } from '../twin/container-launch.ts'
import type { RunJournal } from './run-journal.ts'

/** Where the containers of a run are made. */
export interface Containers {
  readonly place: ContainerPlace
  /** Containers of a system that are made before this time, Unix ms, have its volume read-only. */
  readonly mount: (system: string, untilUnixMs: number) => void
  /** Volumes in memory, which somebody has to hold while their containers come and go. */
  readonly keeps: readonly Mount[]
  /** Removes all that the run has made on the engine. */
  close(): Promise<void>
}

export interface ContainersOptions {
  readonly run: string
  /** The run's own folder: what containers say is kept there. */
  readonly dir: string
  /** Goes with the run, also when it is killed. */
  readonly dataDir: string
  readonly journal: RunJournal
  /** Its name; built from this machine's files when absent. */
  readonly image: string | undefined
  readonly experiment: Experiment | undefined
  readonly tell: (text: string) => void
}

/** What a process of the twin needs three times over: assumption. */
const memoryBytes = 512 * 1024 * 1024

/** What a store has that is to run full: two minutes of small images are 250 MB, those that lie ready 60; assumption. */
const storeBytes = 512 * 1024 * 1024

/** Finds the engine and makes what the containers of a run need. Throws a usage Failure when it cannot be had. */
export const openContainers = async (options: ContainersOptions): Promise<Containers> => {
  const { run, dir, dataDir, journal, image: named, experiment, tell } = options
  const engine = await findEngine()
  const image = await provideImage(engine, { named, folder: join(dataDir, 'image'), tell })
  journal.write({ kind: 'contained', run, engine: hostOf(engine), atUnixMs: Date.now() })
  const close = async (): Promise<void> => {
    await removeRun(engine, run)
    journal.write({ kind: 'removed', run, atUnixMs: Date.now() })
  }
  try {
    const network = await makeNetwork(engine, run)
    const limited = fullStores(experiment)
    const volumes = new Map<string, Promise<string>>()
    const volumeOf = (system: string): Promise<string> => {
      const limitBytes = limited.includes(system) ? storeBytes : undefined
      const volume = volumes.get(system) ?? makeVolume(engine, run, { what: `${system}-data`, limitBytes })
      volumes.set(system, volume)
      return volume
    }
    const readOnlyUntil = new Map<string, number>()
    const keeps = await Promise.all(
      limited.map(async (system) => ({
        source: await volumeOf(system),
        target: `/keeps/${system}`,
        mode: 'ro' as const,
      })),
    )
    // What lies in memory counts as that of whoever has written it.
    const memoryBytesOf = (system: string) => memoryBytes + (limited.includes(system) ? storeBytes : 0)
    const modeOf = (system: string) => (Date.now() < (readOnlyUntil.get(system) ?? 0) ? 'ro' : 'rw')
    return {
      place: { engine, image, run, network, volumeOf, modeOf, memoryBytesOf, logOf: logsIn(dir) },
      mount: (system, untilUnixMs) => void readOnlyUntil.set(system, untilUnixMs),
      keeps,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Systems whose store runs full: it has to have an end. */
const fullStores = (experiment: Experiment | undefined): readonly string[] =>
  experiment?.faults.flatMap(({ fault }) =>
    fault.kind === 'disk-full' ? [fault.component.replace('.store', '')] : [],
  ) ?? []
