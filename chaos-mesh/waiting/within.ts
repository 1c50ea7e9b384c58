import type { Context, Limits } from '../context.ts'

/**
 * Does work that ends when its signal does: when it is done, the time is over, or the caller ends it. Nothing of it is left afterwards: no listener,
 * no timer.
 */
export const within = async <T>(
  { clock }: Pick<Context, 'clock'>,
  { withinMs, signal }: Limits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const end = new AbortController()
  const abort = () => end.abort()
  signal?.addEventListener('abort', abort, { once: true })
  if (signal?.aborted) abort()
  const isOver = clock.sleepUntil(clock.nowUnixMs() + withinMs, end.signal).then(abort)
  try {
    return await work(end.signal)
  } finally {
    signal?.removeEventListener('abort', abort)
    abort()
    await isOver
  }
}
