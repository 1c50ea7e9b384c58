import { z } from 'zod'
import { journeyOutcomes, stepOutcomes } from '../model/outcome.ts'
import { stepPlaces } from '../model/phase.ts'
import { Histogram } from './histogram.ts'

const place = {
  phase: z.enum(stepPlaces),
  atMs: z.number().describe('start of the time bin'),
  widthMs: z.number().positive().describe('of the time bin'),
  stream: z.string(),
}
const step = { ...place, journey: z.string(), step: z.string(), outcome: z.enum(stepOutcomes) }
const histogram = z.array(z.number().int()).transform(Histogram.parse)

/**
 * One line of `cells.ndjson.gz`. Lines are deltas: equal keys add up. Whatever a step does belongs to the phase and bin in
 * which it was *sent*; whatever is said of a row (from due, lag, wait, outcome) belongs to the phase in which it was *due*,
 * so that a row the system kept waiting beyond a phase still counts there.
 */
export const cellSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('step'), ...step, fromSent: histogram }),
  z
    .strictObject({ kind: z.literal('first'), ...step, fromDue: histogram })
    .describe('first steps; bin of the due time'),
  z
    .strictObject({ kind: z.literal('row'), ...place, timerLag: histogram, workerWait: histogram })
    .describe('rows started; bin of the start'),
  z
    .strictObject({
      kind: z.literal('end'),
      ...place,
      journey: z.string(),
      outcome: z.enum(journeyOutcomes),
      count: z.number().int(),
    })
    .describe('journeys ended; bin of the end'),
])
export type Cell = z.output<typeof cellSchema>
