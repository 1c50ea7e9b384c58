import type { ClockOffset } from '../status/fault-window.ts'

/** When a request was sent and answered by our clock, and what the server's said in between (whole seconds, cut off); Unix ms. */
export interface DateSample {
  readonly sentUnixMs: number
  readonly receivedUnixMs: number
  readonly serverUnixMs: number
}

/** Narrows the offset by one more sample. Samples that cannot both be true mean that a clock was set: the newest counts then. */
export const withSample = (known: ClockOffset | undefined, sample: DateSample): ClockOffset => {
  const fresh = {
    earliestMs: sample.serverUnixMs - sample.receivedUnixMs,
    latestMs: sample.serverUnixMs + 1000 - sample.sentUnixMs,
  }
  if (known === undefined) return fresh
  const both = {
    earliestMs: Math.max(known.earliestMs, fresh.earliestMs),
    latestMs: Math.min(known.latestMs, fresh.latestMs),
  }
  return both.earliestMs <= both.latestMs ? both : fresh
}
