import { z } from 'zod'
import { canonicalName } from './component.ts'
import { phaseSchema } from './phase.ts'

const common = {
  name: z.string().describe('unique in its scenario, kebab-case'),
  why: z.string().describe('the reason of the limit, with its source or the word assumption'),
  phase: phaseSchema.shape.name.describe('the phase it judges'),
}

const metric = {
  query: z
    .string()
    .min(1)
    .describe('PromQL, asked at the end of the phase; $range stands for its length, as in rate(x[$range])'),
  bound: z.enum(['at-least', 'at-most']),
  limit: z.number().describe('of every value that the query gives'),
}

/** A gate on a metric of the target, as it stands in the target's file: it judges the steady phase. */
export const metricGateSchema = z.strictObject({ name: common.name, why: common.why, ...metric })

/** A condition a run must meet. Data: it prints in a README row and crosses to k6 as JSON. */
export const gateSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('latency'),
    streams: z.array(z.string()).readonly().optional().describe('all streams when absent'),
    journey: z.string(),
    step: z.string(),
    from: z
      .enum(['sent', 'due'])
      .describe('sent: from the start of the step; due: from the moment the row was due (first step only)'),
    quantile: z.number().gt(0).lt(1),
    limitMs: z.number().positive(),
    minSamples: z.number().int().positive().describe('with fewer samples the gate is inconclusive'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('failures'),
    streams: z.array(z.string()).readonly().optional().describe('all streams when absent'),
    limitRatio: z.number().min(0).max(1).describe('failed requests / requests'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('told'),
    streams: z.array(z.string()).readonly().optional().describe('all streams when absent'),
    quantile: z.number().gt(0).lt(1),
    limitMs: z
      .number()
      .positive()
      .describe('from the start of a step to its end, whatever its end: who gets nothing is told so in time'),
    minSamples: z.number().int().positive().describe('with fewer samples the gate is inconclusive'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('quality'),
    streams: z.array(z.string()).readonly().optional().describe('all streams when absent'),
    goodWithinMs: z.number().positive().describe('a step is good when it was answered, and within this time'),
    minRatio: z.number().min(0).max(1).describe('good steps / steps sent in the phase'),
    minSamples: z.number().int().positive().describe('with fewer samples the gate is inconclusive'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('recovery'),
    streams: z.array(z.string()).readonly().optional().describe('all streams when absent'),
    goodWithinMs: z.number().positive().describe('a step is good when it was answered, and within this time'),
    minRatio: z.number().min(0).max(1).describe('good steps / steps of a second, in three seconds on end'),
    withinMs: z.number().positive().describe('from the end of the fault to the first of these seconds'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('amplification'),
    edge: z.string().overwrite(canonicalName).describe('the way whose calls are counted, e.g. recup→prescriptions'),
    limitRatio: z
      .number()
      .positive()
      .describe('calls over it for each step that clients send, in this phase / in the steady one'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('outcomes'),
    stream: z.string(),
    outcome: z.string().describe('a journey outcome, e.g. done'),
    bound: z.enum(['at-least', 'at-most']),
    limitRatio: z
      .number()
      .min(0)
      .max(1)
      .describe(
        'journeys with this outcome / journeys ended; abandoned and declined ones count only where they are the outcome',
      ),
    minSamples: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe('with fewer samples the gate is inconclusive; 1 when absent; 0: where no row began nothing is amiss'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('total'),
    stream: z.string(),
    outcome: z.string().describe('a journey outcome, e.g. done'),
    count: z.number().int().min(0).describe('journeys with this outcome, no more and no fewer'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('all-done'),
    stream: z.string().describe('rows of all phases, those that were cut included; declined ones do not count'),
    limitRatio: z.number().min(0).max(1).describe('rows done / rows started'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('answered'),
    stream: z.string(),
    withinMs: z.number().positive(),
    minRatio: z
      .number()
      .min(0)
      .max(1)
      .describe('calls whose first screen was answered within this time of their due / calls, abandoned ones included'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('throughput'),
    streams: z.array(z.string()).readonly().optional().describe('all streams when absent'),
    outcome: z.string().describe('a journey outcome, e.g. done'),
    minPerHour: z.number().positive().describe('journeys with this outcome an hour, due in the phase'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('sustained'),
    streams: z.array(z.string()).readonly().optional().describe('all streams when absent'),
    goodWithinMs: z.number().positive().describe('a step is good when it was answered, and within this time'),
    forMs: z.number().positive().describe('length of the stretches, one beginning each second'),
    minRatio: z.number().min(0).max(1).describe('good steps / steps sent, in every stretch of the phase'),
    minSamples: z.number().int().positive().describe('a stretch with fewer says nothing'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('burn-rate'),
    streams: z.array(z.string()).readonly().optional().describe('all streams when absent'),
    goodWithinMs: z.number().positive().describe('a step is good when it was answered, and within this time'),
    objectiveRatio: z.number().gt(0).lt(1).describe('good steps / steps that were promised'),
    longMs: z.number().positive().describe('stretch that proves it'),
    shortMs: z.number().positive().describe('stretch that says that it goes on'),
    limitTimes: z
      .number()
      .positive()
      .describe('bad steps / those that were promised at most, in both stretches at once'),
    minSamples: z.number().int().positive().describe('a long stretch with fewer says nothing'),
    endsRun: z
      .boolean()
      .optional()
      .describe('true: the run ends as soon as it is broken, and too short a phase passes'),
  }),
  z.strictObject({ ...common, kind: z.literal('metric'), ...metric }),
  z.strictObject({
    ...common,
    kind: z.literal('timer-lag'),
    quantile: z.number().gt(0).lt(1),
    limitMs: z.number().positive().describe('the load generator itself; beyond it the run is invalid, not failed'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('integrity'),
    limitCount: z
      .number()
      .int()
      .min(0)
      .describe('lost + duplicated + double-booked + half + corrupted + leaked + late + disclosed'),
  }),
])
export type Gate = Readonly<z.infer<typeof gateSchema>>
