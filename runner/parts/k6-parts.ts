import { type K6Ended, type K6Options, startK6 } from '../k6-process.ts'

/** k6 processes that share the rows of a plan, as if they were one. */
export interface K6Parts {
  readonly pids: readonly number[]
  /** Hands over what they write, each chunk with the number of its process, until all have ended. */
  read(take: (chunk: Buffer, part: number) => void): Promise<void>
  /** Of the first that ended otherwise than well, or of the last. */
  readonly ended: Promise<K6Ended>
  /** Ends the load now: what is in flight leaves no sample. */
  interrupt(): void
}

/**
 * Starts as many as are asked for. Each takes every nth row and as many of the actors (execution segments); when one dies the others
 * are interrupted: what they would go on with is not the timetable any more.
 */
export const startK6Parts = (options: K6Options, parts: number): K6Parts => {
  const actors = Math.ceil(options.actors / parts)
  const processes = Array.from({ length: parts }, (_, part) =>
    startK6({ ...options, actors, ...(parts > 1 && { segment: { part, parts } }) }),
  )
  const interrupt = () => {
    for (const one of processes) one.interrupt()
  }
  const endings = processes.map(async ({ ended }) => {
    const ending = await ended
    if (ending.code !== 0) interrupt()
    return ending
  })
  return {
    pids: processes.map(({ pid }) => pid),
    read: async (take) => {
      await Promise.all(
        processes.map(async ({ stdout }, part) => {
          for await (const chunk of stdout) take(chunk, part)
        }),
      )
    },
    ended: firstBad(endings),
    interrupt,
  }
}

/** In the order of time: those that come later were interrupted because of it. */
const firstBad = async (endings: readonly Promise<K6Ended>[]): Promise<K6Ended> => {
  const bad: K6Ended[] = []
  const all = await Promise.all(
    endings.map(async (one) => {
      const ending = await one
      if (ending.code !== 0) bad.push(ending)
      return ending
    }),
  )
  const [first] = bad
  return first ?? all.at(-1) ?? { code: null, signal: null, lastMessages: '' }
}
