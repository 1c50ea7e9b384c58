import type { Call, CallLimits } from '../upstream/call.ts'
import { isFailure } from '../upstream/circuit-breaker.ts'

const moreTries = 8
/** What does not answer in this time is asked again, while it still works on the first request. */
const timeoutMs = 1000

/** A call to another system that fails, or is slow, is made again at once, many times. Share of calls. */
export const retryStorm = (httpCall: (limits: CallLimits) => Call): Call => {
  const call = httpCall({ timeoutMs, maxSockets: 256 })
  const tryAgain: (sent: Parameters<Call>[0], triesLeft: number) => ReturnType<Call> = async (sent, triesLeft) => {
    try {
      const answer = await call(sent)
      if (!isFailure(answer) || triesLeft === 0) return answer
    } catch (error) {
      if (triesLeft === 0) throw error
    }
    return tryAgain(sent, triesLeft - 1)
  }
  return (sent) => tryAgain(sent, moreTries)
}
