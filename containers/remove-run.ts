import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from './engine.ts'
import { runLabel } from './labels.ts'

/** What a dead run asked for last may still be on its way, and another one may be removing the same. */
const settleMs = 500
const rounds = 20

/**
 * Removes all that a run has made, whatever state it is in, and looks again until nothing is there. May be called again; rejects
 * when something could not be removed.
 */
export const removeRun = async (engine: Engine, run: string): Promise<void> => {
  let failure: unknown
  for (let round = 0; round < rounds; round++) {
    const removals = await Promise.allSettled(await removalsOf(engine, run))
    if (removals.length === 0) return
    failure = removals.find((one) => one.status === 'rejected')?.reason
    await sleep(settleMs)
  }
  throw failure ?? new Error(`expected nothing of ${run} on the engine, got something that comes again`)
}

/** First the containers: nothing else can be removed while one has it. */
const removalsOf = async ({ container }: Engine, run: string): Promise<readonly Promise<void>[]> => {
  const { dockerode } = container
  const filters = { label: [`${runLabel}=${run}`] }
  const containers = await dockerode.listContainers({ all: true, filters })
  if (containers.length > 0) {
    return containers.map(({ Id }) => gone(dockerode.getContainer(Id).remove({ force: true, v: true })))
  }
  const networks = await dockerode.listNetworks({ filters })
  const { Volumes: volumes } = await dockerode.listVolumes({ filters })
  return [
    ...networks.map(({ Id }) => gone(dockerode.getNetwork(Id).remove())),
    ...volumes.map(({ Name }) => gone(dockerode.getVolume(Name).remove())),
  ]
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
