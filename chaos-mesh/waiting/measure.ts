import type { Clock } from '../clock.ts'

const measureEveryMs = 250

/** Measures an effect again and again until it is as wanted; false when the signal ends it before. Without a measurement all is as wanted. */
export const measure = async (
  effect: (() => Promise<boolean>) | undefined,
  wanted: boolean,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<boolean> => {
  while (effect !== undefined && (await effect()) !== wanted) {
    if (signal.aborted) return false
    await clock.sleepUntil(clock.nowUnixMs() + measureEveryMs, signal)
  }
  return true
}
