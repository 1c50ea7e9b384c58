import type { Phase } from '../model/phase.ts'
import type { Slice } from '../model/plan.ts'
import type { Scenario } from '../model/scenario.ts'

/** How the calendar maps to the run's clock, whose 0 is the start of the warm-up. */
export interface RunClock {
  readonly warmUpMs: number
  /** Warm-up and slice; the drain comes after. */
  readonly durationMs: number
  readonly map: { readonly originMs: number; readonly offsetMs: number; readonly stretch: number }
  /** The day that the slice begins on, as it was named, and how many days it touches. */
  readonly day: string
  readonly days: number
  /** Whether no day and no quarter hour is busier than the mean one. */
  readonly isMeanDay: boolean
  /** Factor on a stream's rate: its scale, and the squeeze where the full volume is wanted. */
  rateFactor(stream: string): number
  /** Share of the arrivals that come at a moment. */
  loadRatioAt(atMs: number): number
}

const dayMs = 86_400_000

export const runClock = (scenario: Scenario, slice: Slice): RunClock => {
  const { days = 1 } = slice
  const sliceMs = slice.toMs - slice.fromMs + (days - 1) * dayMs
  const stretch = (slice.squeezeMs ?? sliceMs) / sliceMs
  const reliefs = phasesOf(scenario, { warmUpMs: scenario.warmUpMs, durationMs: 0 }).filter(
    ({ loadRatio }) => loadRatio !== undefined,
  )
  const density = slice.fullVolume ? 1 / stretch : 1
  return {
    warmUpMs: scenario.warmUpMs,
    durationMs: scenario.warmUpMs + sliceMs * stretch,
    map: { originMs: slice.fromMs, offsetMs: scenario.warmUpMs, stretch },
    day: slice.day,
    days,
    isMeanDay: slice.meanDay === true,
    loadRatioAt: (atMs) => reliefs.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)?.loadRatio ?? 1,
    rateFactor: (stream) => (slice.scale[stream] ?? slice.scale['*'] ?? 1) * density,
  }
}

export const phasesOf = (
  scenario: Scenario,
  { warmUpMs, durationMs }: Pick<RunClock, 'warmUpMs' | 'durationMs'>,
): readonly Phase[] => {
  const steady = { name: 'steady' as const, durationMs: durationMs - warmUpMs }
  const drain = { name: 'drain' as const, durationMs: scenario.drainCapMs }
  const phases: Phase[] = [{ name: 'warm-up', fromMs: 0, toMs: warmUpMs }]
  for (const { durationMs: ms, ...phase } of [...(scenario.phases ?? [steady]), drain]) {
    const fromMs = phases.at(-1)?.toMs ?? 0
    phases.push({ ...phase, fromMs, toMs: fromMs + ms })
  }
  return phases
}
