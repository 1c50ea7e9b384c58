import { Failure } from '../model/failure.ts'
import type { Ending } from '../model/verdict.ts'

/** A signal that aborts as the given one does, and also when the time is up; `end` stops the clock. */
export const withTimeLimit = (
  signal: AbortSignal,
  timeoutMs: number | undefined,
): { readonly signal: AbortSignal; end(): void } => {
  if (timeoutMs === undefined) return { signal, end: () => {} }
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(timedOut(timeoutMs)), timeoutMs)
  return { signal: AbortSignal.any([signal, limit.signal]), end: () => clearTimeout(timer) }
}

/** What a run says that its limit ends before its load has begun; later there is a record. */
const timedOut = (timeoutMs: number): Failure =>
  new Failure(
    'timed-out',
    `expected the load to begin within --timeout, got no load after ${timeoutMs / 1000} s`,
    'give it a longer --timeout: the time counts from the start of the command',
  )

/** How a load ended that this aborted signal broke off. */
export const endingOf = ({ reason }: AbortSignal): Ending => {
  const kind = reason instanceof Failure ? reason.kind : undefined
  return kind === 'timed-out' || kind === 'aborted' ? kind : 'interrupted'
}
