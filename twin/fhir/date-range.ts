import { FhirError } from './fhir-error.ts'

/** Half-open interval of instants, Unix ms. */
export interface DateRange {
  readonly fromMs: number
  readonly toMs: number
}

export const always: DateRange = { fromMs: Number.MIN_SAFE_INTEGER, toMs: Number.MAX_SAFE_INTEGER }

const pattern = /^(eq|ge|gt|le|lt|sa|eb)?(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/

/**
 * The instants that a FHIR date search value (`ge2026-03-02T08:00:00Z`) allows. A value stands for all of its precision: a
 * day, a minute, a second or a millisecond. Without an offset it is UTC. Throws a FhirError 400.
 */
export const dateRange = (value: string): DateRange => {
  const match = pattern.exec(value.replace(' ', '+'))
  const [, prefix = 'eq', day = '', time = '', seconds, fraction, offset] = match ?? []
  const instantMs = Date.parse(offset || time === '' ? `${day}${time}` : `${day}${time}Z`)
  if (!match || Number.isNaN(instantMs)) {
    throw new FhirError(400, 'value', `expected a date with prefix eq, ge, gt, le, lt, sa or eb, got ${value}`)
  }
  const precisionMs = time === '' ? 86_400_000 : seconds === undefined ? 60_000 : fraction === undefined ? 1000 : 1
  return ranges[prefix]?.(instantMs, instantMs + precisionMs) ?? always
}

const ranges: Readonly<Record<string, (fromMs: number, toMs: number) => DateRange>> = {
  eq: (fromMs, toMs) => ({ fromMs, toMs }),
  ge: (fromMs) => ({ ...always, fromMs }),
  gt: (_, toMs) => ({ ...always, fromMs: toMs }),
  sa: (_, toMs) => ({ ...always, fromMs: toMs }),
  le: (_, toMs) => ({ ...always, toMs }),
  lt: (fromMs) => ({ ...always, toMs: fromMs }),
  eb: (fromMs) => ({ ...always, toMs: fromMs }),
}

export const intersection = (a: DateRange, b: DateRange): DateRange => ({
  fromMs: Math.max(a.fromMs, b.fromMs),
  toMs: Math.min(a.toMs, b.toMs),
})
