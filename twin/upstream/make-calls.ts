import type { Defect } from '../../model/defect.ts'
import { dueShareOf } from '../defects/due-share.ts'
import { noTimeoutCall } from '../defects/no-timeout.ts'
import { retryStorm } from '../defects/retry-storm.ts'
import { type Call, httpCall } from './call.ts'
import { circuitBreaker, isFailure } from './circuit-breaker.ts'

/** A slower answer of another system counts as none: who asks for both is to be told within two seconds. Assumption. */
const timeoutMs = 1500
const maxSockets = 64

export interface CallOptions {
  readonly defects: readonly Defect[]
  readonly seed: number
  readonly elapsedMs: () => number
  /** Told when a system that was away answers again. */
  readonly onReturn: () => void
}

/**
 * Ways to call other systems, one call for each of them: with a time-out and a breaker of its own, unless a defect is due.
 * The result makes the call of one system.
 */
export const makeCalls = ({ defects, seed, elapsedMs, onReturn }: CallOptions): (() => Call) => {
  const plain = httpCall({ timeoutMs, maxSockets })
  const spoiled = [
    { kind: 'no-timeout', call: noTimeoutCall() },
    { kind: 'retry-storm', call: retryStorm(httpCall) },
  ].flatMap(({ kind, call }, index) => {
    const defect = defects.find((one) => one.kind === kind)
    return defect ? [{ due: dueShareOf(defect, seed + index), call }] : []
  })
  return () => {
    const guarded = circuitBreaker(plain, elapsedMs)
    const chosen: Call = (sent) => {
      const defective = spoiled.find(({ due }) => due.next())
      defective?.due.spend()
      return (defective?.call ?? guarded)(sent)
    }
    return watchReturn(chosen, onReturn)
  }
}

/** As many failures in a row as open a breaker. */
const failuresToBeAway = 5

const watchReturn = (call: Call, onReturn: () => void): Call => {
  let failures = 0
  return async (sent) => {
    try {
      const answer = await call(sent)
      if (!isFailure(answer) && failures >= failuresToBeAway) onReturn()
      failures = isFailure(answer) ? failures + 1 : 0
      return answer
    } catch (error) {
      failures += 1
      throw error
    }
  }
}
