/** Does something to all of some containers; where one refuses it is undone on all, and rejects with the refusal. */
export const toAll = async <T>(
  ids: readonly string[],
  make: (id: string) => Promise<T>,
  undo: (id: string, made: T | undefined) => Promise<unknown>,
): Promise<readonly T[]> => {
  const made = await Promise.allSettled(ids.map(make))
  const refused = made.find((one) => one.status === 'rejected')
  if (refused) {
    await Promise.allSettled(ids.map((id, index) => undo(id, madeBy(made[index]))))
    throw refused.reason
  }
  return made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

const madeBy = <T>(one: PromiseSettledResult<T> | undefined): T | undefined =>
  one?.status === 'fulfilled' ? one.value : undefined

const isGone = 404
const isNotUp = 409

/** What is asked of a container; undefined when it is gone or not up, and another one may stand in its place. */
export const ifUp = async <T>(asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked
  } catch (error) {
    const { statusCode } = Object(error)
    if (statusCode === isGone || statusCode === isNotUp) return undefined
    throw error
  }
}

/** Ids that are there. Throws an Error where there is none: nothing can be done to it. */
export const mustBeUp = (ids: readonly string[], component: string): readonly string[] => {
  if (ids.length > 0) return ids
  throw new Error(`expected a container of ${component} that is up, got none`)
}
