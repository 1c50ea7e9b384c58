import { z } from 'zod'
import { gateSchema } from './gate.ts'

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected HH:MM')

/** A scenario of one's own, as it stands in a YAML file: one that comes with collaudo, with another slice, other volumes and other gates. */
export const ownScenarioSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'expected kebab-case'),
  summary: z.string().describe('what it replays, in a few words'),
  extends: z.string().describe('the scenario that it is made of: collaudo list'),
  streams: z.array(z.string()).min(1).readonly().optional().describe('of that scenario; absent: all'),
  slice: z
    .strictObject({
      day: z.string().describe('monday … sunday, YYYY-MM-DD, or weekday'),
      from: timeOfDay,
      to: timeOfDay,
    })
    .optional()
    .describe('what is replayed unless told otherwise; absent: as there'),
  surges: z
    .record(
      z.string(),
      z.strictObject({
        factor: z.number().positive(),
        why: z.string().describe('a source, or the word assumption'),
      }),
    )
    .default({})
    .describe('factors on the demand of a stream, beside those that it has there'),
  warmUpMs: z.number().min(0).optional().describe('absent: as there'),
  drainCapMs: z.number().min(0).optional().describe('how long journeys may go on after the slice; absent: as there'),
  keepsGates: z
    .boolean()
    .default(true)
    .describe('the gates of that scenario are judged too; those on the load itself and on integrity always are'),
  gates: z.array(gateSchema).readonly().default([]).describe('one of the same name stands in place of the one there'),
})
export type OwnScenario = Readonly<z.infer<typeof ownScenarioSchema>>
