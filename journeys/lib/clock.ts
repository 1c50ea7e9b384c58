import { sleep } from 'k6'

/** The run's clock: ms since its zero. */
export interface Clock {
  nowMs(): number
  /** Returns at once when the instant is past. */
  sleepUntil(atMs: number): void
}

export const clockFrom = (zeroUnixMs: number): Clock => {
  const nowMs = () => Date.now() - zeroUnixMs
  return {
    nowMs,
    sleepUntil: (atMs) => {
      const leftMs = atMs - nowMs()
      if (leftMs > 0) sleep(leftMs / 1000)
    },
  }
}
