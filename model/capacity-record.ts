import { z } from 'zod'
import { sliceSchema } from './plan.ts'
import { runRecordSchema } from './run-record.ts'
import { systemNames } from './system.ts'
import { endings, verdicts } from './verdict.ts'

const answer = z.enum(['yes', 'no', 'unknown'])

const perHour = z
  .record(z.string(), z.number())
  .describe('business units in an hour: operations, bookings, accesses, studies, documents, …')

const streamSchema = z.strictObject({
  stream: z.string(),
  offered: z.number().int().describe('rows due in the judged stretch'),
  ended: z.number().int().describe('rows that ended in it, however'),
  done: z.number().int().describe('of these: whose business was done'),
  backlogFrom: z.number().int().describe('rows under way or waiting when it began, those of the opening state too'),
  backlogTo: z.number().int().describe('and when it ended'),
  fallsBehind: z.boolean().describe('the backlog grew more than chance lets it'),
  waitMs: z.number().describe('p99 of the wait for a free actor of the rows due in it'),
})
export type StreamFlow = Readonly<z.infer<typeof streamSchema>>

const systemSchema = z.strictObject({
  system: z.enum(systemNames),
  goodPerSecond: z.number().describe('requests well answered in the judged stretch, by when they ended'),
  goodLowPerSecond: z.number().describe('95 % interval of that mean, from five parts of the stretch'),
  goodHighPerSecond: z.number(),
  failedRatio: z.number().describe('requests that failed / requests'),
  meanMs: z.number().describe('of the answers'),
  p95Ms: z.number().describe('of the answers'),
  inFlight: z.number().describe('L: mean number of requests in it at a time'),
  little: z
    .strictObject({
      expectedInFlight: z.number().describe('λ·W: requests sent per second × their mean duration'),
      gapRatio: z.number().describe('|L − λ·W| / L'),
      isPlateau: z.boolean().describe('false: the gap is more than 10 % and more than chance; no use for a fit'),
    })
    .describe("Little's law"),
})
export type SystemFlow = Readonly<z.infer<typeof systemSchema>>

const processorsSchema = z.strictObject({
  system: z.string(),
  vcpus: z.number().describe('provisioned'),
  busyVcpus: z.number().describe('mean over the load'),
})
export type Processors = Readonly<z.infer<typeof processorsSchema>>

/** What a trial is for. */
export const aims = ['climb', 'descend', 'gate-limit', 'breakpoint', 'curve'] as const
export type Aim = (typeof aims)[number]

/** One run of a search, at one load. Its run folder has the trial's name. */
export const trialSchema = z.strictObject({
  name: z.string(),
  aim: z.enum(aims),
  seed: z.number().int().describe('of its own, so that chance differs from trial to trial'),
  scale: z.number().describe('factor on all arrivals of the scenario, as asked for'),
  loadRatio: z.number().describe('arrivals that were drawn / arrivals that are expected at scale 1'),
  lastsMs: z.number().describe('the judged stretch'),
  tookMs: z.number().describe('the whole run'),
  verdict: z.enum(verdicts),
  ended: z.enum(endings),
  reasons: z.array(z.string()),
  meetsGates: answer.describe('unknown: a gate saw too little to be sure, or the load generator was late'),
  followsLoad: answer.describe('no: the backlog of a stream grew, or more than 1 % of the requests failed'),
  gatesBroken: z.array(z.string()),
  suffering: z.array(z.string()).describe('streams that fall behind, worst first, then those whose gates broke'),
  offeredPerSecond: z.number().describe('rows due'),
  completedPerSecond: z.number().describe('rows whose business was done, by when they ended'),
  streams: z.array(streamSchema),
  systems: z.array(systemSchema),
  processors: z.array(processorsSchema).describe('of the target; none: not known'),
})
export type Trial = Readonly<z.infer<typeof trialSchema>>

/** A limit of the load, in parts of the scenario's arrivals at scale 1. */
export const limitSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('found'),
    loadRatio: z.number(),
    lowLoadRatio: z.number(),
    highLoadRatio: z.number(),
    perHour,
  }),
  z.strictObject({ kind: z.literal('above'), loadRatio: z.number(), perHour, why: z.string() }),
  z.strictObject({ kind: z.literal('below'), loadRatio: z.number(), perHour, why: z.string() }),
  z.strictObject({ kind: z.literal('untold'), why: z.string() }),
])
export type Limit = Readonly<z.infer<typeof limitSchema>>

const estimate = z.strictObject({ value: z.number(), low: z.number(), high: z.number() })

/** X(N) = λN / (1 + σ(N−1) + κN(N−1)). */
const uslFitSchema = z.strictObject({
  lambdaPerSecond: estimate.describe('λ'),
  sigma: estimate.describe('σ, contention'),
  kappa: estimate.describe('κ, coherency'),
  rSquared: z.number(),
  levels: z.number().int().describe('trials it is fitted to'),
  peak: z
    .strictObject({ inFlight: z.number(), goodPerSecond: z.number() })
    .nullable()
    .describe('null: what was tried does not bend enough, or the peak lies beyond twice of it'),
})
export type UslFit = Readonly<z.infer<typeof uslFitSchema>>

const bottleneckSchema = z.strictObject({
  kind: z
    .enum(['system', 'actors', 'unknown'])
    .describe('actors: people on shift are too few, the systems are not slow'),
  system: z.enum(systemNames).nullable(),
  streams: z.array(z.string()).describe('those that suffer first, worst first'),
  gates: z.array(z.string()).describe('those that break first'),
})
export type Bottleneck = Readonly<z.infer<typeof bottleneckSchema>>

const rightSizeSchema = z.strictObject({
  ...processorsSchema.shape,
  neededVcpus: z.number().int().describe('⌈vcpus × forecast / (gate limit × (1 − reserve))⌉'),
  isBound: z.boolean().describe('true: the system does not break first, so it may need fewer'),
})
export type RightSize = Readonly<z.infer<typeof rightSizeSchema>>

/** Why a search came to its end. */
export const searchEndings = [
  'found',
  'max-scale',
  'nothing-holds',
  'time',
  'load-generator',
  'refused',
  'interrupted',
  'crashed',
] as const

const searchSchema = z.strictObject({
  ended: z.enum(searchEndings),
  endedBecause: z.string().describe('in words; empty: all is found'),
  trials: z.array(trialSchema).describe('in the order in which they were made'),
  gateLimit: limitSchema.describe('highest load that meets every gate, up to the lowest that does not'),
  knee: limitSchema.describe('where the p95 begins to rise steeply'),
  breakpoint: limitSchema.describe('where throughput no longer follows the load, or requests fail'),
  bottleneck: bottleneckSchema.nullable().describe('null: nothing broke'),
  usl: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fitted'), system: z.enum(systemNames), ...uslFitSchema.shape }),
    z.strictObject({ kind: z.literal('untold'), why: z.string() }),
  ]),
  headroom: z
    .strictObject({ lowRatio: z.number().nullable(), highRatio: z.number().nullable() })
    .describe('1 − forecast / gate limit; null: not told on that side'),
  rightSize: z
    .array(rightSizeSchema)
    .describe('processors for the forecast, from those of the highest load that met every gate; none: not told'),
})
export type Search = Readonly<z.infer<typeof searchSchema>>

/** `capacity.json`: how much a scenario's systems carry, and how that was found. */
export const capacityRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string(),
  scenario: z.string(),
  streams: z.array(z.string()),
  slice: sliceSchema.describe('of each trial, at scale 1'),
  target: z.string(),
  environment: z.string(),
  seed: z.number().int(),
  provenance: runRecordSchema.shape.provenance,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  verdict: z.enum(['pass', 'fail', 'inconclusive', 'invalid']),
  exitCode: z.number().int(),
  precisionRatio: z.number().describe('how wide a limit may be in the end'),
  forecast: z.strictObject({ loadRatio: z.number(), perHour }),
  search: searchSchema,
  without: z
    .strictObject({ component: z.string(), search: searchSchema })
    .nullable()
    .describe('the same with one component fewer'),
  growth: z
    .strictObject({
      lowRatio: z.number().describe('a year'),
      highRatio: z.number().describe('a year'),
      lowMonths: z.number().nullable().describe('until the forecast has grown to the gate limit; null: never'),
      highMonths: z.number().nullable(),
    })
    .nullable(),
})
export type CapacityRecord = Readonly<z.infer<typeof capacityRecordSchema>>
