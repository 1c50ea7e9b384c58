/** Time as an argument. `sleepUntil` resolves at once for what is past, and when the signal is aborted; it leaves no listener behind. */
export interface Clock {
  nowUnixMs(): number
  sleepUntil(unixMs: number, signal: AbortSignal): Promise<void>
}

/** The clock of the machine. */
export const systemClock: Clock = {
  nowUnixMs: () => Date.now(),
  sleepUntil: (unixMs, signal) =>
    new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, signal.aborted ? 0 : Math.max(0, unixMs - Date.now()))
      signal.addEventListener('abort', wake, { once: true })
    }),
}
