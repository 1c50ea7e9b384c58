import type { Call } from './call.ts'
import { unavailable } from './unavailable.ts'

const failuresToOpen = 5
const retryAfterMs = 2000

/** Whether an answer tells that the other system cannot do its work. */
export const isFailure = ({ status }: { readonly status: number }): boolean => status >= 500

/**
 * A call that is spared a system that is away: after five failures in a row it throws a 503 at once, and lets one request try
 * again every two seconds. The first that succeeds closes it.
 */
export const circuitBreaker = (call: Call, elapsedMs: () => number): Call => {
  let failures = 0
  let nextTryMs = 0
  return async (sent) => {
    const isOpen = failures >= failuresToOpen
    if (isOpen && elapsedMs() < nextTryMs) {
      const message = `expected ${new URL(sent.url).origin} to be there, got ${failures} failures in a row`
      throw unavailable(message, retryAfterMs / 1000)
    }
    if (isOpen) nextTryMs = elapsedMs() + retryAfterMs
    const failed = (): void => {
      failures += 1
      if (failures === failuresToOpen) nextTryMs = elapsedMs() + retryAfterMs
    }
    try {
      const answer = await call(sent)
      if (isFailure(answer)) failed()
      else failures = 0
      return answer
    } catch (error) {
      failed()
      throw error
    }
  }
}
