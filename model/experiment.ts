import { z } from 'zod'
import { canonicalName } from './component.ts'
import { faultSchema } from './fault.ts'
import { gateSchema } from './gate.ts'
import { systemNames } from './system.ts'
import { environments } from './target.ts'

const kebab = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'expected kebab-case')

/** A fault of an experiment and when it is there, on the clock of the fault phase. */
export const faultUseSchema = z.strictObject({
  fault: faultSchema,
  fromMs: z.number().min(0).optional().describe('after the fault phase begins; absent: at once'),
  lastsMs: z
    .number()
    .positive()
    .describe('its deadline: whoever is left ends it soon after, also when collaudo is dead'),
})
export type FaultUse = Readonly<z.infer<typeof faultUseSchema>>

/** Load of the stretches of relief, one after the other; parts of what arrives. Assumption. */
export const reliefRatios = [0.75, 0.5, 0.25] as const

/** How long each phase lasts; warm-up and drain stand around them. */
const phasesSchema = z.strictObject({
  warmUpMs: z.number().min(0),
  steadyMs: z.number().positive().describe('before the fault: what the rest is compared with'),
  faultMs: z.number().positive(),
  recoveryMs: z.number().positive().describe('from the restoration on; gates of recovery look here'),
  afterMs: z.number().positive().describe('must be as before'),
  reliefMs: z
    .number()
    .min(0)
    .default(0)
    .describe('each of the stretches with less load that follow when users are not well again; 0: none follow'),
  drainMs: z.number().min(0),
})
export type ExperimentPhases = Readonly<z.infer<typeof phasesSchema>>

/** When the run is broken off although the experiment goes on: what must not suffer suffers. */
const abortSchema = z.strictObject({
  streams: z.array(z.string()).min(1).readonly().describe('outside the blast radius'),
  limitRatio: z.number().gt(0).max(1).describe('failed steps / steps, in the long and in the short window'),
})

/**
 * A hypothesis about what a failure does to those who use the systems, and how it is put to the test. Data: a file each in
 * `chaos/experiments/`, or a YAML file of one's own.
 */
export const experimentSchema = z.strictObject({
  name: kebab,
  summary: z.string().describe('what is broken, in a few words'),
  hypothesis: z.string().describe('what patients and staff still get; a sentence'),
  scenario: z.string(),
  streams: z.array(z.string()).min(1).readonly().optional().describe('of the scenario; absent: all'),
  day: z.string().default('weekday'),
  from: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM')
    .describe('HH:MM of the day at which the slice begins'),
  scale: z
    .record(z.string(), z.number().positive())
    .default({})
    .describe('factor on the arrivals of a stream; * is every other'),
  keepsGates: z.boolean().default(false).describe('the gates of the scenario are judged too'),
  goodWithinMs: z.number().positive().default(1000).describe('a step is good when it is answered within this time'),
  phases: phasesSchema,
  faults: z.array(faultUseSchema).min(1).readonly(),
  replicas: z
    .partialRecord(z.enum(systemNames), z.number().int().min(1).max(5))
    .default({})
    .describe('processes of a system behind a balancer, where the target is made for the experiment'),
  encrypted: z
    .array(z.string().overwrite(canonicalName))
    .readonly()
    .default([])
    .describe('ways that are spoken in TLS, where the target is made for the experiment'),
  gates: z.array(gateSchema).min(1).readonly(),
  abort: abortSchema.optional(),
  cannot: z
    .record(z.string(), z.string())
    .default({})
    .describe('drivers that cannot do it honestly, and why: then it counts as not covered'),
  environments: z.array(z.enum(environments)).min(1).readonly().describe('where it may be done; production never'),
  blastRadius: z
    .array(z.string().overwrite(canonicalName))
    .min(1)
    .readonly()
    .describe('components that may suffer; a fault on another is refused'),
})
export type Experiment = Readonly<z.output<typeof experimentSchema>>

/** What is typed into a file: defaults may be left out. */
export type ExperimentSpec = Readonly<z.input<typeof experimentSchema>>
