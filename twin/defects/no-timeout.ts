import { type Call, httpCall } from '../upstream/call.ts'

/** So few that a handful of calls that hang hold up all others, also those to systems that answer. */
const mostAtOnce = 4

/** Calls to other systems wait for ever, and for their turn in one line. Share of calls. */
export const noTimeoutCall = (): Call => {
  const call = httpCall({ timeoutMs: undefined, maxSockets: mostAtOnce })
  const waiting: (() => void)[] = []
  let underWay = 0
  return async (sent) => {
    if (underWay >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else underWay += 1
    try {
      return await call(sent)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else underWay -= 1
    }
  }
}
