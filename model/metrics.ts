import { business } from './metrics/business.ts'
import { capacity } from './metrics/capacity.ts'
import { live } from './metrics/live.ts'
import { outcomes } from './metrics/outcomes.ts'
import { results } from './metrics/results.ts'
import type { Verdict } from './verdict.ts'

/** Verdicts as numbers: the greater, the worse. */
export const verdictCodes = {
  pass: 0,
  improved: 1,
  'no-baseline': 2,
  inconclusive: 3,
  invalid: 4,
  regressed: 5,
  fail: 6,
} as const satisfies Readonly<Record<Verdict, number>>

/** Labels of every series. */
export const runLabels = ['run', 'scenario', 'target'] as const

/** Every metric that is pushed: the one source of names, units and meanings. */
export const metrics = { ...live, ...business, ...results, ...outcomes, ...capacity } as const
