import { metrics, verdictCodes } from '../model/metrics.ts'
import type { Thresholds, VariableSpec } from './spec.ts'

/** The run that is looked at; ids begin with the time, so the newest comes first. */
export const runVariable = {
  name: 'run',
  label: 'Run',
  kind: 'label',
  of: 'run',
  from: metrics.runInfo.name,
} as const satisfies VariableSpec

export const verdictWords: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(verdictCodes).map(([word, code]) => [code, word.toUpperCase()]),
)

export const verdictColors: Thresholds = [
  { from: null, color: 'green' },
  { from: verdictCodes['no-baseline'], color: 'orange' },
  { from: verdictCodes.regressed, color: 'red' },
]

/** Anything at all is wrong. */
export const noneIsGood: Thresholds = [
  { from: null, color: 'green' },
  { from: 1e-9, color: 'red' },
]

export const plain: Thresholds = [{ from: null, color: 'blue' }]
