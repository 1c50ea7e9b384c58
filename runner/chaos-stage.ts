import { resolve } from 'node:path'
import type { Experiment } from '../model/experiment.ts'
import type { Target } from '../model/target.ts'
import type { Breaking } from './breaking.ts'
import type { Containers } from './containers.ts'
import { proxiedBreaking } from './proxied-breaking.ts'
import type { EmbeddedTarget } from './read-target.ts'
import type { RunJournal } from './run-journal.ts'

export interface ChaosStageOptions {
  readonly experiment: Experiment
  readonly target: Target | EmbeddedTarget
  /** Of the run. */
  readonly id: string
  readonly dir: string
  readonly seed: number
  readonly journal: RunJournal
  /** Where the systems of the embedded target run, when not as processes. */
  readonly containers: Containers | undefined
  readonly tell: (text: string) => void
}

/** Where an experiment is conducted: its journal, and what breaks its target. */
export interface ChaosStage extends Breaking {
  readonly journal: RunJournal
}

/** Throws a Failure where the target cannot be broken: then nothing was changed. */
export const openChaosStage = async (options: ChaosStageOptions): Promise<ChaosStage> => {
  const { target, journal, id, dir } = options
  if (!('chaosMesh' in target && target.chaosMesh)) {
    const breaking = await proxiedBreaking({ ...options, dir: resolve(dir), started: journal.started })
    return { ...breaking, journal }
  }
  const { clusterBreaking } = await import('./cluster-breaking.ts')
  return { ...(await clusterBreaking({ ...options, run: id, target: target.chaosMesh })), journal }
}
