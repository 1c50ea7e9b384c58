import type { Bottleneck, Limit, SystemFlow, Trial } from '../../model/capacity-record.ts'
import type { SystemName } from '../../model/system.ts'
import { byLoad } from './by-load.ts'
import { kneeOf, leastPoints } from './knee.ts'

/** Business units in an hour at a load, in parts of the scenario's arrivals at scale 1. */
export type PerHour = (loadRatio: number) => Record<string, number>

/** What trials are read with. */
export interface Reading {
  readonly perHour: PerHour
  readonly bottleneck: Bottleneck | null
  /** Loads within it are the same load. */
  readonly precisionRatio: number
  /** Why nothing higher was tried; empty: there was no need. */
  readonly endedBecause: string
}

/** The highest load that met every gate, and the lowest that did not. */
export const gateLimit = (trials: readonly Trial[], reading: Reading): Limit => {
  const { perHour, endedBecause } = reading
  const broke = byLoad(trials).find(({ meetsGates }) => meetsGates === 'no')
  const held = below(trials, broke, reading).findLast(({ meetsGates }) => meetsGates === 'yes')
  if (held && broke) {
    const [low, high] = inOrder(held.loadRatio, broke.loadRatio)
    return found(perHour, low, [low, high])
  }
  if (held) return above(perHour, held.loadRatio, endedBecause)
  if (broke) return { kind: 'below', ...at(perHour, broke.loadRatio), why: 'no lower load met every gate' }
  return { kind: 'untold', why: unjudged(trials) ?? endedBecause }
}

/** Why the highest load that was gone through could not be judged. */
const unjudged = (trials: readonly Trial[]): string | undefined =>
  byLoad(trials)
    .findLast(({ ended, reasons }) => ended === 'completed' && reasons.length > 0)
    ?.reasons[0]?.replace(/\.$/, '')

/**
 * Where throughput stops following the load. A system that is held up by itself shows what it can do: X requests/s, the most
 * that it answered well in any trial that it did not follow; with x requests/s for each part of the load, as in the trials
 * that it followed, it breaks at X/x. Otherwise: between the highest load that was followed and the lowest that was not.
 */
export const breakpointOf = (trials: readonly Trial[], reading: Reading): Limit => {
  const { perHour, bottleneck, endedBecause } = reading
  const broke = byLoad(trials).find(({ followsLoad }) => followsLoad === 'no')
  const followed = below(trials, broke, reading).filter(({ followsLoad }) => followsLoad === 'yes')
  const high = followed.at(-1)
  if (!broke && high) return above(perHour, high.loadRatio, endedBecause)
  if (!broke) return { kind: 'untold', why: unjudged(trials) ?? endedBecause }
  if (!high) return { kind: 'below', ...at(perHour, broke.loadRatio), why: 'no lower load was followed' }
  const saturated = bottleneck?.system && saturation(trials, followed, bottleneck.system)
  if (saturated) return found(perHour, saturated.loadRatio, saturated.interval)
  const bracket = inOrder(high.loadRatio, broke.loadRatio)
  return found(perHour, servedRatio(broke, bracket[0]), bracket)
}

const saturation = (
  trials: readonly Trial[],
  followed: readonly Trial[],
  system: SystemName,
): { readonly loadRatio: number; readonly interval: readonly [number, number] } | undefined => {
  const flowOf = (trial: Trial): SystemFlow | undefined => trial.systems.find((one) => one.system === system)
  const best = trials
    .filter(({ followsLoad }) => followsLoad === 'no')
    .flatMap((trial) => flowOf(trial) ?? [])
    .toSorted((a, b) => b.goodPerSecond - a.goodPerSecond)[0]
  const requests = followed.reduce((sum, trial) => sum + (flowOf(trial)?.goodPerSecond ?? 0), 0)
  if (!best || requests === 0) return undefined
  const eachPerSecond = requests / followed.reduce((sum, { loadRatio }) => sum + loadRatio, 0)
  return {
    loadRatio: best.goodPerSecond / eachPerSecond,
    interval: [best.goodLowPerSecond / eachPerSecond, best.goodHighPerSecond / eachPerSecond],
  }
}

/** The part of a load that its worst stream got through, and no less than what was followed. */
const servedRatio = ({ loadRatio, streams, suffering }: Trial, least: number): number => {
  const worst = streams.find(({ stream }) => stream === suffering[0])
  const part = worst && worst.offered > 0 ? 1 - (worst.backlogTo - worst.backlogFrom) / worst.offered : 1
  return Math.min(loadRatio, Math.max(least, loadRatio * part))
}

/** Where the p95 of a system begins to rise steeply, between the loads beside it. */
export const kneeLimit = (trials: readonly Trial[], system: SystemName | undefined, { perHour }: Reading): Limit => {
  const points = trials.flatMap(({ loadRatio, systems }) => {
    const flow = systems.find((one) => one.system === system)
    return flow ? [{ x: loadRatio, y: flow.p95Ms }] : []
  })
  if (points.length < leastPoints) return { kind: 'untold', why: `${points.length} loads, ${leastPoints} are needed` }
  const knee = kneeOf(points, 'rising')
  if (!knee) return { kind: 'untold', why: 'the p95 does not bend in what was tried' }
  const loads = points.map(({ x }) => x).sort((a, b) => a - b)
  const index = loads.indexOf(knee.x)
  return found(perHour, knee.x, [loads[index - 1] ?? knee.x, loads[index + 1] ?? knee.x])
}

/** Trials at lower loads than one, or at the same, from the lowest on; all where there is none. */
const below = (trials: readonly Trial[], one: Trial | undefined, { precisionRatio }: Reading): readonly Trial[] =>
  byLoad(trials).filter(({ loadRatio }) => one === undefined || loadRatio < one.loadRatio * (1 + precisionRatio))

const inOrder = (a: number, b: number): readonly [number, number] => [Math.min(a, b), Math.max(a, b)]

const at = (perHour: PerHour, loadRatio: number) => ({ loadRatio, perHour: perHour(loadRatio) })

const above = (perHour: PerHour, loadRatio: number, why: string): Limit => ({
  kind: 'above',
  ...at(perHour, loadRatio),
  why: why || 'nothing higher was tried',
})

const found = (perHour: PerHour, loadRatio: number, [low, high]: readonly [number, number]): Limit => ({
  kind: 'found',
  ...at(perHour, loadRatio),
  lowLoadRatio: low,
  highLoadRatio: high,
})
