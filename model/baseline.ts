import { z } from 'zod'
import { phaseSchema } from './phase.ts'

/** What has to be equal for two runs to be compared: the load, who made it, and where it went. Not what was tested: versions of the target. */
export const fingerprintSchema = z.strictObject({
  scenario: z.string(),
  experiment: z.string().describe('none, or its name and its faults'),
  target: z.string(),
  environment: z.string(),
  seed: z.number().int(),
  slice: z.string(),
  imageSize: z.string().describe('none where there are no images'),
  durationMs: z.number(),
  timetables: z.string().describe('SHA-256 of all rows'),
  script: z.string().describe('SHA-256 of what the load generator runs'),
  k6: z.string(),
  host: z.string().describe('of the load generator: cores, memory, platform'),
})
export type Fingerprint = Readonly<z.infer<typeof fingerprintSchema>>

const blockedStepSchema = z.strictObject({
  journey: z.string(),
  step: z.string(),
  phase: phaseSchema.shape.name,
  answered: z.array(z.array(z.number().int())).describe('histograms of latency, a block of the phase each'),
  failed: z.array(z.number().int()).describe('failed requests in each block'),
})

/** `baselines/NAME.json`: what is normal, as somebody has accepted it; a small file that is reviewed and committed. */
export const baselineSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('baseline'),
  fingerprint: fingerprintSchema,
  repeat: z.string().describe('the command of its first run'),
  runs: z
    .array(
      z.strictObject({
        id: z.string(),
        startedAt: z.iso.datetime(),
        targetVersions: z.record(z.string(), z.string()),
        steps: z.array(blockedStepSchema),
      }),
    )
    .min(1)
    .describe('oldest first'),
})
export type Baseline = Readonly<z.infer<typeof baselineSchema>>
export type BaselineRun = Baseline['runs'][number]
