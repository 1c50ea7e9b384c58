import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from './engine.ts'
import { runLabel } from './labels.ts'

/** How many of each were there and are gone. */
export interface Removed {
  readonly containers: number
  readonly networks: number
  readonly volumes: number
}

/** What a dead run asked for last may still be on its way. */
const settleMs = 500

/**
 * Removes all that a run has made, whatever state it is in, and looks again until nothing is there. May be called again; rejects
 * when something could not be removed.
 */
export const removeRun = async (engine: Engine, run: string): Promise<Removed> => {
  const removed = await removeFound(engine, run)
  if (removed.containers + removed.networks + removed.volumes === 0) return removed
  await sleep(settleMs)
  const more = await removeRun(engine, run)
  return {
    containers: removed.containers + more.containers,
    networks: removed.networks + more.networks,
    volumes: removed.volumes + more.volumes,
  }
}

const removeFound = async ({ container }: Engine, run: string): Promise<Removed> => {
  const { dockerode } = container
  const filters = { label: [`${runLabel}=${run}`] }
  const containers = await dockerode.listContainers({ all: true, filters })
  await Promise.all(containers.map(({ Id }) => gone(dockerode.getContainer(Id).remove({ force: true, v: true }))))
  const networks = await dockerode.listNetworks({ filters })
  await Promise.all(networks.map(({ Id }) => gone(dockerode.getNetwork(Id).remove())))
  const { Volumes: volumes } = await dockerode.listVolumes({ filters })
  await Promise.all(volumes.map(({ Name }) => gone(dockerode.getVolume(Name).remove())))
  return { containers: containers.length, networks: networks.length, volumes: volumes.length }
}

/** Removes one container, by id or by name, whatever state it is in; does nothing when it is not there. */
export const removeContainer = ({ container }: Engine, idOrName: string): Promise<void> =>
  gone(container.dockerode.getContainer(idOrName).remove({ force: true, v: true }))

/** Lets one go on that was paused; does nothing when it is not there, or not paused. */
export const resumeContainer = async ({ container }: Engine, idOrName: string): Promise<void> => {
  const one = container.dockerode.getContainer(idOrName)
  try {
    if ((await one.inspect()).State.Paused) await one.unpause()
  } catch (error) {
    if (Object(error).statusCode !== notThere) throw error
  }
}

const notThere = 404
const isBeingRemoved = 409

/** Another one may be doing the same. */
const gone = async (removal: Promise<unknown>): Promise<void> => {
  try {
    await removal
  } catch (error) {
    const { statusCode, message } = Object(error)
    if (statusCode === notThere) return
    if (statusCode === isBeingRemoved && String(message).includes('already in progress')) return
    throw error
  }
}
