import { z } from 'zod'
import { phaseSchema } from './phase.ts'

/** `typical`: geometric mean of the latency of answered requests; `slow-end`: its 95th percentile; `failures`: failed requests / requests. */
export const measures = ['typical', 'slow-end', 'failures'] as const
export type Measure = (typeof measures)[number]

/** One measure of one step, of all streams together, before and after. */
export const comparedStepSchema = z.strictObject({
  journey: z.string(),
  step: z.string(),
  phase: phaseSchema.shape.name,
  measure: z.enum(measures),
  before: z.number().describe('ms, or a ratio for failures'),
  after: z.number().describe('as before'),
  changeRatio: z.number().describe('after / before - 1; after - before for failures'),
  intervalRatio: z.strictObject({ from: z.number(), to: z.number() }).describe('of the change, at 95 % confidence'),
  pValue: z.number().describe('two-sided, corrected for all that was compared (Holm)'),
  seeableRatio: z.number().describe('a smaller change would not have been told from chance'),
  samples: z.strictObject({ before: z.number().int(), after: z.number().int() }).describe('requests'),
  verdict: z.enum(['pass', 'regressed', 'improved', 'inconclusive']),
})
export type ComparedStep = z.infer<typeof comparedStepSchema>

const sideSchema = z.strictObject({
  name: z.string().describe('of the baseline, the run or the target'),
  runs: z.array(z.string()).min(1),
})

/** What became better or worse between two sides that carried the same load. */
export const comparisonSchema = z.strictObject({
  kind: z.enum(['baseline', 'ab']).describe('ab: both sides carried it at the same time'),
  before: sideSchema,
  after: sideSchema,
  floorRatio: z.number().describe('smaller changes are of no account, whatever their confidence'),
  floorMs: z.number().describe('smaller changes of a latency are of no account'),
  floorFailuresRatio: z.number().describe('smaller changes of the failed requests are of no account'),
  alphaRatio: z.number().describe('chance that anything at all is called changed when nothing is'),
  resamples: z.number().int().describe('of the block bootstrap'),
  isAcrossRuns: z.boolean().describe('whether what differs from run to run is part of the intervals'),
  verdict: z.enum(['pass', 'regressed', 'improved', 'inconclusive', 'no-baseline']),
  reasons: z.array(z.string()).describe('a sentence each, worst first'),
  steps: z.array(comparedStepSchema),
})
export type Comparison = z.infer<typeof comparisonSchema>
