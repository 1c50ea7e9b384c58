import type { Trial } from '../../../model/capacity-record.ts'
import { formatMs } from '../../format.ts'

/** One trial in a line. */
export const trialSentence = (trial: Trial): string => {
  const { name, scale, offeredPerSecond, completedPerSecond, tookMs } = trial
  const done = `${completedPerSecond.toFixed(1)} of ${offeredPerSecond.toFixed(1)} journeys/s done`
  return `${name.padEnd(10)}  × ${String(scale).padEnd(6)}  ${outcomeOf(trial).padEnd(16)}  ${done}, ${formatMs(tookMs)}${because(trial)}`
}

/** What a trial came to, in a few words. */
export const outcomeOf = ({ meetsGates, followsLoad, verdict, ended }: Trial): string => {
  if (ended !== 'completed') return ended
  if (meetsGates === 'yes') return 'meets the gates'
  if (meetsGates === 'unknown') return verdict
  return followsLoad === 'no' ? 'falls behind' : 'breaks a gate'
}

const because = ({ reasons, meetsGates, suffering, followsLoad }: Trial): string => {
  if (reasons[0]) return `; ${reasons[0]}`
  if (meetsGates !== 'no' || followsLoad !== 'no') return ''
  return `; no gate broke yet, but the backlog of ${suffering[0] ?? 'a stream'} grew: it would in the end`
}

/** The columns of a table of trials. */
export const trialTitles = ['Trial', 'Load', 'Offered/s', 'Done/s', 'p95', 'Outcome'] as const

/** A trial's cells under these. */
export const trialCells = (trial: Trial): readonly string[] => [
  trial.name,
  `× ${trial.scale}`,
  trial.offeredPerSecond.toFixed(1),
  trial.completedPerSecond.toFixed(1),
  formatMs(slowestP95Ms(trial)),
  outcomeOf(trial),
]

/** p95 of the slowest system. */
export const slowestP95Ms = ({ systems }: Trial): number => Math.max(0, ...systems.map(({ p95Ms }) => p95Ms))
