import { Failure } from '../model/failure.ts'
import { mostParts } from '../model/split.ts'
import { durationOf } from './parse-options.ts'

/** When a load begins, Unix ms, given the time when all is ready. Throws a usage Failure. */
export const parseStart = (
  { startIn, startAt }: { readonly startIn?: string; readonly startAt?: string },
  nowUnixMs: number,
): ((readyUnixMs: number) => number) => {
  if (startIn !== undefined && startAt !== undefined) {
    throw new Failure('usage', `expected --start-in or --start-at, got both`, 'leave one of them out')
  }
  if (startAt === undefined) {
    const inMs = durationOf('--start-in', startIn ?? '10m')
    if (typeof inMs === 'string') throw new Failure('usage', inMs, 'for example --start-in 15m')
    return (readyUnixMs) => readyUnixMs + inMs
  }
  const atUnixMs = Date.parse(startAt)
  if (/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(startAt) && atUnixMs > nowUnixMs) return () => atUnixMs
  throw new Failure(
    'usage',
    `--start-at: expected an instant to come with its offset from UTC, got ${startAt}`,
    'for example --start-at 2027-01-31T22:00:00+01:00',
  )
}

/** How many parts share a load. Throws a usage Failure. */
export const parseParts = (text: string): number => {
  const parts = Number(text)
  if (/^\d+$/.test(text) && parts >= 1 && parts <= mostParts) return parts
  throw new Failure('usage', `--parts: expected a number from 1 to ${mostParts}, got ${text}`, 'for example --parts 2')
}
