import { mkdir } from 'node:fs/promises'
import type { Experiment } from '../model/experiment.ts'
import type { Target } from '../model/target.ts'
import { containerLaunch, dataInside } from '../twin/container-launch.ts'
import { type ProcessOptions, startProcess } from '../twin/start-process.ts'
import { type ChaosStage, openChaosStage } from './chaos-stage.ts'
import { type Containers, openContainers } from './containers.ts'
import type { OpenOptions } from './open-target.ts'
import { type EmbeddedTarget, isContained, isEmbedded } from './read-target.ts'
import { openRunJournal, type RunJournal } from './run-journal.ts'

/** What a target needs around it, and how it is opened in it. */
export interface Surroundings {
  /** Where something is broken on purpose. */
  readonly chaos: ChaosStage | undefined
  /** Where it runs in some. */
  readonly containers: Containers | undefined
  readonly opening: Pick<OpenOptions, 'dataDir' | 'breakable' | 'launch'>
}

export interface SurroundingsOptions {
  readonly experiment?: Experiment | undefined
  readonly scenario: { readonly name: string }
  readonly target: Target | EmbeddedTarget
  readonly id: string
  readonly dir: string
  readonly runsDir: string
  readonly seed: number
  readonly events: { phase(text: string): void }
}

/**
 * Makes containers and whatever breaks on purpose, where the run has some, for the time of `work`. Their journal is opened first
 * and closed last: from then on whatever is started and broken is ended, also when this process is killed.
 */
export const inSurroundings = async <T>(
  options: SurroundingsOptions,
  dataDir: string,
  work: (surroundings: Surroundings) => Promise<T>,
): Promise<T> => {
  const { experiment, scenario, target } = options
  if (!experiment && !isContained(target))
    return work({ chaos: undefined, containers: undefined, opening: { dataDir } })
  const journal = openRunJournal({ ...options, name: (experiment ?? scenario).name, target: target.name, dataDir })
  try {
    return await withContainers({ ...options, dataDir }, journal, async (containers) => {
      const opening = containers
        ? { dataDir: dataInside, launch: containerLaunch(containers.place) }
        : { dataDir, launch: (process: ProcessOptions) => startProcess(process, journal.started) }
      if (!containers && isEmbedded(target)) await mkdir(dataDir, { recursive: true })
      if (!experiment) return work({ chaos: undefined, containers, opening })
      const chaos = await openChaosStage({ ...options, experiment, journal, containers, tell: options.events.phase })
      try {
        return await work({ chaos, containers, opening: { ...opening, ...chaos.opening } })
      } finally {
        await chaos.close()
      }
    })
  } catch (error) {
    throw journal.unrestored(error) ?? error
  } finally {
    await journal.close()
  }
}

const withContainers = async <T>(
  { target, id, dir, dataDir, experiment, events }: SurroundingsOptions & { readonly dataDir: string },
  journal: RunJournal,
  work: (containers: Containers | undefined) => Promise<T>,
): Promise<T> => {
  if (!isContained(target)) return work(undefined)
  const { image } = target
  const containers = await openContainers({ run: id, dir, dataDir, journal, image, experiment, tell: events.phase })
  try {
    return await work(containers)
  } finally {
    await containers.close()
  }
}
