import type { Phase } from '../model/phase.ts'
import type { Resilience, RunRecord } from '../model/run-record.ts'
import { type Quality, type QualityBin, qualityOverTime } from './quality.ts'

/** Good steps / steps that are promised over time; what is left is the budget of bad ones. Assumption. */
const objectiveRatio = 0.99

/** A stretch says something when it holds so many steps; streams in which little happens are looked at in longer ones. */
const leastSteps = 10
const widthsMs = [1000, 2000, 5000, 10_000] as const

/** Below what is usual by this much, or by three times the usual spread, quality is out of its band. Assumption. */
const leastBand = 0.05

/** Stretches on end that must be in the band before users are well again. */
const goodOnEnd = 3

/** An alarm goes off when this share was bad in the last ten and in the last two seconds, of at least as many steps as a stretch needs. */
const alarmRatio = 0.1
const [alarmLongMs, alarmShortMs] = [10_000, 2000]

type StreamResilience = Resilience['streams'][number]

export interface Watched {
  readonly phases: readonly Phase[]
  readonly faults: RunRecord['faults']
  readonly goodWithinMs: number
}

/** What users of each stream went through, and all of them together (`*`, first). Empty where no fault was made. */
export const streamResiliences = (bins: readonly QualityBin[], watched: Watched): readonly StreamResilience[] => {
  const window = windowOf(watched)
  if (!window) return []
  const inner = bins.filter(isJudged)
  const streams = [...new Set(inner.map(({ stream }) => stream))]
  const of = (stream: string, own: readonly QualityBin[]) =>
    resilienceOf(stream, qualityOverTime(own, watched.goodWithinMs), window)
  return [
    of('*', inner),
    ...streams.map((stream) =>
      of(
        stream,
        inner.filter((bin) => bin.stream === stream),
      ),
    ),
  ]
}

/** Stretches after the injection in which all users together were out of their usual band. */
export const badStretches = (
  bins: readonly QualityBin[],
  watched: Watched,
): readonly { readonly fromMs: number; readonly toMs: number }[] => {
  const window = windowOf(watched)
  if (!window) return []
  const seconds = qualityOverTime(bins.filter(isJudged), watched.goodWithinMs)
  const { steady, injectedMs } = window
  const widthMs = widthOf(seconds, steady)
  const stretches = inStretches(seconds, widthMs)
  const before = stretches.filter(({ atMs }) => atMs >= steady.fromMs && atMs + widthMs <= steady.toMs)
  const floor = floorOf(before)
  return stretches
    .filter((one) => one.atMs >= injectedMs && qualityRatio(one) < floor)
    .map(({ atMs }) => ({ fromMs: atMs, toMs: atMs + widthMs }))
}

const isJudged = ({ phase }: QualityBin): boolean => !['warm-up', 'relief', 'drain', 'crossing'].includes(phase)

/** On the run's clock: the steady phase, the first injection, the last restoration, the end of what is judged. */
interface Window {
  readonly steady: Phase
  readonly injectedMs: number
  readonly restoredMs: number
  readonly endMs: number
}

const windowOf = ({ phases, faults }: Watched): Window | undefined => {
  const steady = phases.find(({ name }) => name === 'steady')
  const endMs = phases.find(({ name }) => name === 'relief' || name === 'drain')?.fromMs
  const injected = faults.flatMap(({ injectedMs }) => injectedMs ?? [])
  if (!steady || endMs === undefined || injected.length === 0) return undefined
  const made = faults.filter(({ injectedMs }) => injectedMs !== null)
  const restored = made.map(({ restoredMs }) => restoredMs ?? endMs)
  return { steady, injectedMs: Math.min(...injected), restoredMs: Math.max(...restored), endMs }
}

type Stretch = Quality & { readonly atMs: number }

const resilienceOf = (stream: string, seconds: readonly Stretch[], window: Window): StreamResilience => {
  const { steady, injectedMs, restoredMs, endMs } = window
  const widthMs = widthOf(seconds, steady)
  const stretches = inStretches(seconds, widthMs)
  const before = stretches.filter(({ atMs }) => atMs >= steady.fromMs && atMs + widthMs <= steady.toMs)
  const usual = ratioOf(before)
  const floor = floorOf(before)
  const hit = stretches.filter(({ atMs }) => atMs + widthMs > injectedMs && atMs < endMs)
  const after = stretches.filter(({ atMs }) => atMs >= restoredMs - widthMs && atMs < endMs)
  const worst = Math.min(usual, ...hit.map(qualityRatio))
  const firstHit = hit.find((one) => qualityRatio(one) < floor)
  const recovered = after.find((_, index) => isBackAt(after, index, floor))
  const recoveredMs = recovered && Math.max(restoredMs, recovered.atMs)
  return {
    stream,
    widthMs,
    usualRatio: usual,
    worstRatio: worst,
    depthRatio: usual === 0 ? 0 : 1 - worst / usual,
    toImpactMs: firstHit ? Math.max(0, firstHit.atMs - injectedMs) : null,
    toDetectMs: alarmMs(seconds, window),
    toRecoverMs: recoveredMs === undefined ? null : recoveredMs - restoredMs,
    lossRatio: lossRatio(stretches, { fromMs: injectedMs, toMs: recoveredMs ?? endMs, widthMs, usual }),
    budgetRatio: budgetRatio(seconds, injectedMs),
  }
}

/** The shortest width at which half of the steady stretches hold enough steps. */
const widthOf = (seconds: readonly Stretch[], steady: Phase): number => {
  const own = seconds.filter(({ atMs }) => atMs >= steady.fromMs && atMs < steady.toMs)
  const isEnough = (widthMs: number) => {
    const full = inStretches(own, widthMs).filter(({ sent }) => sent >= leastSteps)
    return full.length * widthMs * 2 >= steady.toMs - steady.fromMs
  }
  return widthsMs.find(isEnough) ?? widthsMs[3]
}

const inStretches = (seconds: readonly Stretch[], widthMs: number): readonly Stretch[] => {
  const stretches = new Map<number, Stretch>()
  for (const { atMs, sent, good } of seconds) {
    const startMs = Math.floor(atMs / widthMs) * widthMs
    const sum = stretches.get(startMs) ?? { atMs: startMs, sent: 0, good: 0 }
    stretches.set(startMs, { atMs: startMs, sent: sum.sent + sent, good: sum.good + good })
  }
  return [...stretches.values()].filter(({ sent }) => sent > 0)
}

const qualityRatio = ({ sent, good }: Quality): number => good / sent

const ratioOf = (stretches: readonly Stretch[]): number => {
  const sent = stretches.reduce((sum, one) => sum + one.sent, 0)
  return sent === 0 ? 0 : stretches.reduce((sum, one) => sum + one.good, 0) / sent
}

/** Below it quality is out of its band. */
const floorOf = (before: readonly Stretch[]): number => {
  const usual = ratioOf(before)
  return usual - Math.max(leastBand, 3 * spreadOf(before, usual))
}

/** Median of the distances from what is usual, × 1.4826: the standard deviation, if it were normal. */
const spreadOf = (stretches: readonly Stretch[], usual: number): number => {
  const distances = stretches.map((one) => Math.abs(qualityRatio(one) - usual)).sort((a, b) => a - b)
  return (distances[Math.floor(distances.length / 2)] ?? 0) * 1.4826
}

const isBackAt = (after: readonly Stretch[], index: number, floor: number): boolean => {
  const next = after.slice(index, index + goodOnEnd)
  return next.length === goodOnEnd && next.every((one) => qualityRatio(one) >= floor)
}

/** Time from the injection to the first second whose end raises an alarm. */
const alarmMs = (seconds: readonly Stretch[], { injectedMs, endMs }: Window): number | null => {
  const badIn = (untilMs: number, windowMs: number): number => {
    const own = seconds.filter(({ atMs }) => atMs >= untilMs - windowMs && atMs < untilMs)
    const sent = own.reduce((sum, one) => sum + one.sent, 0)
    return sent < leastSteps ? 0 : 1 - ratioOf(own)
  }
  for (let untilMs = Math.ceil(injectedMs / 1000) * 1000; untilMs <= endMs; untilMs += 1000) {
    if (badIn(untilMs, alarmLongMs) >= alarmRatio && badIn(untilMs, alarmShortMs) >= alarmRatio)
      return untilMs - injectedMs
  }
  return null
}

/** Bruneau’s triangle: ∫ (usual − quality) dt / (usual × time), from the injection until users are well again. */
const lossRatio = (
  stretches: readonly Stretch[],
  {
    fromMs,
    toMs,
    widthMs,
    usual,
  }: { readonly fromMs: number; readonly toMs: number; readonly widthMs: number; readonly usual: number },
): number => {
  const own = stretches.filter(({ atMs }) => atMs + widthMs > fromMs && atMs < toMs)
  if (own.length === 0 || usual === 0) return 0
  const lost = own.reduce((sum, one) => sum + Math.max(0, usual - qualityRatio(one)), 0)
  return lost / own.length / usual
}

/** Bad steps since the injection / bad steps that the objective allows of all that were sent. */
const budgetRatio = (seconds: readonly Stretch[], injectedMs: number): number => {
  const sent = seconds.reduce((sum, one) => sum + one.sent, 0)
  const bad = seconds.reduce((sum, one) => sum + (one.atMs >= injectedMs - 1000 ? one.sent - one.good : 0), 0)
  return sent === 0 ? 0 : bad / (sent * (1 - objectiveRatio))
}
