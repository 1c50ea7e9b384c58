import { z } from 'zod'
import { provenanceSchema } from './run-record.ts'

export const mostParts = 64

/** `split.json`: what every part of a load is given, so that what they bring back can be put together. */
export const splitSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string().describe('of the run'),
  parts: z.number().int().min(1).max(mostParts),
  fingerprint: z.string().describe('of the plan'),
  target: z.string(),
  namespace: z.string(),
  startedAt: z.iso.datetime(),
  zeroUnixMs: z.number().describe('zero of the run’s clock'),
  endsUnixMs: z.number().describe('by then every part has ended by itself'),
  provenance: provenanceSchema,
})
export type Split = z.infer<typeof splitSchema>
