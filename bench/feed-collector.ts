import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { dayOfBookings } from './day-of-bookings.ts'

/** What `collect-process.ts` says in the end. */
export interface CollectProcessFigures {
  readonly cpuSeconds: number
  /** Peak. */
  readonly rssBytes: number
  /** Of the files that it wrote. */
  readonly diskBytes: number
}

export interface Fed extends CollectProcessFigures {
  /** CSV lines, k6's own included. */
  readonly lines: number
  readonly ownSamples: number
  readonly bytes: number
}

/** Feeds a collector in a process of its own with a day of bookings; `watch` sees its pid and the share that was fed. */
export const feedCollector = async (rows: number, watch?: (pid: number, fedRatio: number) => void): Promise<Fed> => {
  // The same young generation as the command line runs with: V8 would let it grow to 128 MB of garbage.
  const file = new URL('./collect-process.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--max-semi-space-size=16', file, String(rows)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answer = text(child.stdout)
  const fed = { lines: 0, ownSamples: 0, bytes: 0 }
  for (const { bytes, lines, ownSamples, rowsSoFar } of dayOfBookings(rows)) {
    if (!child.stdin.write(bytes)) await once(child.stdin, 'drain')
    fed.lines += lines
    fed.ownSamples += ownSamples
    fed.bytes += bytes.length
    watch?.(child.pid ?? 0, rowsSoFar / rows)
  }
  child.stdin.end()
  const figures: CollectProcessFigures = JSON.parse(await answer)
  return { ...fed, ...figures }
}
