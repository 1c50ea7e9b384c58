import { findEngine } from '../containers/engine.ts'
import { provideImage } from '../containers/image.ts'
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
  /** How the volume of a system is mounted in the containers that are made from now on. */
  readonly mount: (system: string, mode: Mount['mode']) => void
  /** Volumes in memory, which somebody has to hold while their containers come and go. */
  readonly keeps: readonly Mount[]
  /** Removes all that the run has made on the engine. */
  close(): Promise<void>
}

export interface ContainersOptions {
  readonly run: string
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
  const { run, journal, image: named, experiment, tell } = options
  const engine = await findEngine()
  const image = await provideImage(engine, named, tell)
  journal.write({ kind: 'contained', run, atUnixMs: Date.now() })
  const close = () => removeRun(engine, run)
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
    const modes = new Map<string, Mount['mode']>()
    const keeps = await Promise.all(
      limited.map(async (system) => ({
        source: await volumeOf(system),
        target: `/keeps/${system}`,
        mode: 'ro' as const,
      })),
    )
    // What lies in memory counts as that of whoever has written it.
    const memoryBytesOf = (system: string) => memoryBytes + (limited.includes(system) ? storeBytes : 0)
    const modeOf = (system: string) => modes.get(system) ?? 'rw'
    return {
      place: { engine, image, run, network, volumeOf, modeOf, memoryBytesOf },
      mount: (system, mode) => void modes.set(system, mode),
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
