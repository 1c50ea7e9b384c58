import { type Observed, recordsOf, type TargetRecord } from './observed.ts'

/** A moment that is known to lie between two, Unix ms. */
export interface Moment {
  readonly earliestUnixMs: number
  readonly latestUnixMs: number
}

/** A stretch of a fault; without an end while it is there. */
export interface FaultStretch {
  readonly from: Moment
  readonly to?: Moment
}

/** When a fault was there. */
export interface FaultWindow {
  /** While at least one target was hit: from the first that was to the last that recovered. */
  readonly anywhere: FaultStretch
  /** While all of them were, from the last that was hit to the first that recovered; a pause makes several. */
  readonly everywhere: readonly FaultStretch[]
  /** Chaos Mesh keeps the last hundred events of a target: where older ones are missing, so are the stretches that they tell of. */
  readonly isComplete: boolean
}

/** How far the clock of the API server is ahead of ours, as a range. */
export interface ClockOffset {
  readonly earliestMs: number
  readonly latestMs: number
}

const resolutionMs = 1000

/**
 * The exact window by the records' own events, on our clock. Chaos Mesh writes whole seconds, cut off: a moment is known to within one, and
 * the uncertainty of the offset. The controller's clock is taken for that of the API server. Undefined when nothing was injected.
 */
export const faultWindow = (object: Observed, offset: ClockOffset): FaultWindow | undefined => {
  const records = recordsOf(object)
  const all = records.map((record) => stretchesOf(record, offset))
  const hit = all.flat()
  const first = hit.map(({ from }) => from).toSorted(byEarliest)[0]
  if (first === undefined) return undefined
  const ends = hit.map(({ to }) => to)
  const isOver = ends.every((end) => end !== undefined)
  const last = ends.filter((end) => end !== undefined).toSorted((a, b) => b.latestUnixMs - a.latestUnixMs)[0]
  return {
    anywhere: { from: first, ...(isOver && last && { to: last }) },
    everywhere: all.reduce(overlaps),
    isComplete: records.every(({ injectedCount }, index) => all[index]?.length === injectedCount),
  }
}

const byEarliest = (a: Moment, b: Moment): number => a.earliestUnixMs - b.earliestUnixMs

const stretchesOf = ({ events }: TargetRecord, offset: ClockOffset): readonly FaultStretch[] => {
  const stretches: FaultStretch[] = []
  for (const { operation, type, timestamp } of events ?? []) {
    if (type === 'Failed') continue
    const moment = onOurClock(timestamp, offset)
    const open = stretches.at(-1)
    if (operation === 'Apply') stretches.push({ from: moment })
    else if (open && open.to === undefined) stretches[stretches.length - 1] = { ...open, to: moment }
  }
  return stretches
}

const onOurClock = (unixMs: number, { earliestMs, latestMs }: ClockOffset): Moment => ({
  earliestUnixMs: unixMs - latestMs,
  latestUnixMs: unixMs + resolutionMs - earliestMs,
})

/** Where one of each overlap, from the later begin to the sooner end. */
const overlaps = (some: readonly FaultStretch[], others: readonly FaultStretch[]): readonly FaultStretch[] =>
  some.flatMap((one) =>
    others.flatMap((other) => {
      const from = later(one.from, other.from)
      const to = one.to && other.to ? sooner(one.to, other.to) : (one.to ?? other.to)
      if (to !== undefined && to.latestUnixMs <= from.earliestUnixMs) return []
      return [{ from, ...(to && { to }) }]
    }),
  )

const later = (a: Moment, b: Moment): Moment => ({
  earliestUnixMs: Math.max(a.earliestUnixMs, b.earliestUnixMs),
  latestUnixMs: Math.max(a.latestUnixMs, b.latestUnixMs),
})

const sooner = (a: Moment, b: Moment): Moment => ({
  earliestUnixMs: Math.min(a.earliestUnixMs, b.earliestUnixMs),
  latestUnixMs: Math.min(a.latestUnixMs, b.latestUnixMs),
})
