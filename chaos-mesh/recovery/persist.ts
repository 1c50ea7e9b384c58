import { ChaosMeshError } from '../chaos-mesh-error.ts'
import type { Context } from '../context.ts'

const pauseMs = 500

/** Does one call again and again while the server is away, busy or disturbed, until the signal ends it; throws the last error then. */
export const persist = async <T>(
  { clock }: Pick<Context, 'clock'>,
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T> => {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof ChaosMeshError) || !isPassing(error) || signal.aborted) throw error
      await clock.sleepUntil(clock.nowUnixMs() + (error.retryAfterMs ?? pauseMs), signal)
    }
  }
}

/** A server that starts has read its rules by then. */
const rulesWithinMs = 5000

/** The same for what was allowed before: a server that starts refuses for a while what it will allow. */
export const persistAllowed = async <T>(
  context: Pick<Context, 'clock'>,
  signal: AbortSignal,
  call: () => Promise<T>,
): Promise<T> => {
  const { clock } = context
  const untilUnixMs = clock.nowUnixMs() + rulesWithinMs
  for (;;) {
    try {
      return await persist(context, signal, call)
    } catch (error) {
      const isForbidden = error instanceof ChaosMeshError && error.kind === 'forbidden'
      if (!isForbidden || clock.nowUnixMs() >= untilUnixMs) throw error
      await clock.sleepUntil(clock.nowUnixMs() + pauseMs, signal)
      if (signal.aborted) throw error
    }
  }
}

/** Whether it may go by itself. */
export const isPassing = ({ kind }: ChaosMeshError): boolean =>
  kind === 'too-busy' || kind === 'unreachable' || kind === 'webhook-failed'
