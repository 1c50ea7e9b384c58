import { z } from 'zod'
import { callCentreOutlookSchema } from './call-centre-outlook.ts'
import { comparisonSchema } from './comparison.ts'
import { costAndCarbonSchema } from './cost-and-carbon.ts'
import { faultSchema } from './fault.ts'
import { gateSchema } from './gate.ts'
import { notStartedSchema } from './not-started.ts'
import { phaseSchema } from './phase.ts'
import { processorTimeSchema } from './processor-time.ts'
import { endings, verdicts } from './verdict.ts'

const quantilesSchema = z
  .strictObject({ p50: z.number(), p95: z.number(), p99: z.number(), max: z.number() })
  .describe('ms; bucket bounds within 1.1 %, max exact; all 0 without samples')

const spreadSchema = z.strictObject({ p50: z.number(), p99: z.number(), max: z.number() }).describe('ms')

/** One gate with what was observed. `observed` is null when there was nothing to observe. */
export const gateResultSchema = z.strictObject({
  name: z.string(),
  why: z.string(),
  phase: z.string(),
  observed: z.number().nullable(),
  limit: z.number(),
  unit: z
    .enum(['ms', 'ratio', 'times', 'journeys', 'per-hour', 'value', 'count'])
    .describe('value: of a metric, in its own unit; count: broken promises'),
  samples: z.number().int(),
  verdict: z.enum(verdicts),
})
export type GateResult = z.infer<typeof gateResultSchema>

/** A write that broke a promise, named so that somebody can look it up on the target. */
export const findingSchema = z.strictObject({
  kind: z.enum(['lost', 'duplicated', 'double-booked', 'half', 'corrupted', 'leaked', 'late', 'disclosed']),
  stream: z.string(),
  row: z.number().int(),
  identifier: z.string(),
  slot: z.string(),
  expected: z.string(),
  found: z.string(),
})
export type Finding = z.infer<typeof findingSchema>

/** What the reconciliation of the ledger with the target found. Counts of writes. */
export const integritySchema = z.strictObject({
  intended: z.number().int(),
  acknowledged: z.number().int(),
  refused: z.number().int(),
  unknown: z.strictObject({ landed: z.number().int(), absent: z.number().int() }),
  verified: z.number().int().describe('writes read back from the target'),
  lost: z.number().int().describe('acknowledged, and not there'),
  duplicated: z.number().int().describe('one identifier, several appointments; one prescription, several desks'),
  doubleBooked: z.number().int().describe('slots with more than one active appointment'),
  half: z.number().int().describe('a busy slot without its appointment, or an appointment whose slot is not busy'),
  corrupted: z.number().int().describe('stored with another patient, slot or status than acknowledged'),
  leaked: z.number().int().describe('holds that were given back, and whose slot nobody can have'),
  late: z.number().int().describe('acknowledged, and not found when it had to be visible'),
  disclosed: z.number().int().describe('shown to somebody, and another’s'),
  held: z.number().int().describe('holds that nobody booked or gave back yet; they break no promise'),
  complete: z.boolean().describe('false when the target could not be read to the end: then nothing may pass'),
  examples: z.array(findingSchema),
})
export type Integrity = z.infer<typeof integritySchema>

export const stepResultSchema = z.strictObject({
  stream: z.string(),
  journey: z.string(),
  step: z.string(),
  phase: z.string(),
  requests: z.number().int(),
  failed: z.number().int().describe('throttled + failed + unreachable + timed-out'),
  outcomes: z.record(z.string(), z.number().int()),
  fromSentMs: quantilesSchema,
  fromDueMs: quantilesSchema.nullable().describe('only for the first step of a journey'),
})
export type StepResult = z.infer<typeof stepResultSchema>

const queueSchema = z.strictObject({
  abandonedRatio: z.number().describe('calls given up / calls'),
  meanWaitMs: z.number().describe('of all calls, those given up too'),
  waitingCalls: z.number().describe('mean number of calls that wait for an operator over the phase'),
  busyOperators: z.number().describe('mean over the phase, wrap-up included'),
})

/** Calls and operators of one stream: what was seen, beside what queueing theory expects. */
export const callCentreSchema = z.strictObject({
  stream: z.string(),
  phase: z.string(),
  operators: z.number().int().describe('on shift'),
  offered: z.number().int().describe('calls due in the phase'),
  answered: z.number().int(),
  abandoned: z.number().int(),
  handlingMs: z.number().describe('mean time of a call: pauses as planned and answers as measured'),
  patienceMs: z.number().describe('mean, exponential'),
  seen: queueSchema,
  expected: queueSchema.describe(
    'Erlang A with the same calls, handling time, operators and patience, in the long run',
  ),
  outlook: callCentreOutlookSchema.optional().describe('absent where no call was answered'),
})
export type CallCentreResult = z.infer<typeof callCentreSchema>

export const evidenceSchema = z.strictObject({
  stream: z.string(),
  journey: z.string(),
  step: z.string(),
  row: z.number().int(),
  outcome: z.string(),
  startedMs: z.number(),
  durationMs: z.number(),
  status: z.number().int(),
  traceId: z.string(),
  body: z.string().describe('redacted, its beginning'),
})
export type Evidence = z.infer<typeof evidenceSchema>

/** What became of one fault of an experiment. Times in ms of the run's clock; null for what never came. */
export const faultResultSchema = z.strictObject({
  id: z.string(),
  kind: z.string(),
  component: z.string(),
  fault: faultSchema,
  requestedMs: z.number().describe('when it was to begin'),
  injectedMs: z.number().nullable().describe('when it began'),
  provenMs: z.number().nullable().describe('when its effect had been measured'),
  restoredMs: z.number().nullable().describe('when it ended'),
  goneMs: z.number().nullable().describe('when it had been measured that nothing of it was left'),
  proof: z.string().describe('what was measured while it was there'),
  lostProof: z
    .string()
    .nullable()
    .describe(
      'what was measured in the middle of its time or right before its end where its effect was there no longer; null: it was',
    ),
  goneProof: z.string().describe('what was measured after it'),
})
export type FaultResult = z.infer<typeof faultResultSchema>

const ratio = z.number().min(0)

/** What an experiment came to: whether its hypothesis held, whether all is as it was, and what users went through. */
export const resilienceSchema = z.strictObject({
  hypothesis: z.string(),
  held: z.enum(['yes', 'no', 'unknown']),
  isRestored: z.boolean().describe('nothing is left of any fault'),
  goodWithinMs: z.number().describe('a step is good when it was answered within this time'),
  inFlight: z
    .strictObject({ atInjection: z.number().int(), atRestoration: z.number().int() })
    .describe('steps under way when the fault began and ended'),
  streams: z.array(
    z.strictObject({
      stream: z.string().describe('* : all together'),
      widthMs: z.number().describe('of the stretches of time that are compared'),
      usualRatio: ratio.describe('good steps / steps before the fault'),
      worstRatio: ratio.describe('in the worst stretch since the fault began'),
      depthRatio: ratio.describe('1 - worst / usual'),
      toImpactMs: z
        .number()
        .nullable()
        .describe('from the injection to the first stretch out of the usual band; null: none'),
      toDetectMs: z.number().nullable().describe('from the injection to an alarm on two windows; null: none'),
      toRecoverMs: z
        .number()
        .nullable()
        .describe(
          'from the restoration to the first of three stretches in the usual band; null: not while it was looked',
        ),
      lossRatio: ratio.describe('what was lost / what is usual, from the injection until users were well again'),
      budgetRatio: ratio.describe('bad steps since the injection / bad steps that 99 % allows in the whole run'),
    }),
  ),
  grayMs: z.number().describe('how long users were out of their usual band while every health check was well; ms'),
  relief: z
    .strictObject({
      steps: z.array(
        z.strictObject({ loadRatio: ratio, goodRatio: ratio.describe('good steps / steps at the end of the stretch') }),
      ),
      healedAtLoadRatio: ratio.nullable().describe('null: in none of them'),
    })
    .nullable()
    .describe('less and less load on users who were not well again under all of it; null where that was not needed'),
  scoreRatio: z.number().min(0).max(1).nullable().describe('null where something vetoes a score'),
})
export type Resilience = z.infer<typeof resilienceSchema>

/** What became of one of several load generators on machines apart. */
export const partResultSchema = z.strictObject({
  part: z.number().int().min(1),
  state: z
    .enum(['ended', 'stopped', 'broken-off', 'missing'])
    .describe(
      'stopped: somebody ended it before all its rows were due; broken-off: it has begun and told no end; missing: nothing of it was there',
    ),
  rowsStarted: z.number().int(),
  lastMs: z.number().nullable().describe('how far it had come on the run’s clock; null: no step was done'),
  clockAhead: z
    .strictObject({ leastMs: z.number(), mostMs: z.number() })
    .nullable()
    .describe('how much the target’s clock was ahead of its machine’s, as far as could be told; null: not at all'),
})
export type PartResult = z.infer<typeof partResultSchema>

/** What made a run, so that it can be repeated. */
export const provenanceSchema = z.strictObject({
  collaudo: z.string(),
  k6: z.string(),
  node: z.string(),
  commit: z.string().describe('empty outside a git checkout'),
  host: z.strictObject({ cpus: z.number().int(), memoryBytes: z.number().int(), platform: z.string() }),
  commandLine: z.string(),
  targetVersions: z.record(z.string(), z.string()),
})

/** `run.json`: what a run was asked to do, what happened, and the verdict. Published as docs/run.schema.json. */
export const runRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string(),
  scenario: z.string(),
  leftOut: z.array(z.string()).optional().describe('streams of the scenario left out by name; absent: none'),
  experiment: z.string().nullable(),
  target: z.string(),
  environment: z.string(),
  seed: z.number().int(),
  namespace: z.string().describe('tag and id prefix of everything the run made on the target'),
  fingerprint: z.string().describe('of the plan'),
  provenance: provenanceSchema,
  defects: z.array(z.strictObject({ kind: z.string(), shareRatio: z.number() })),
  startedAt: z.iso.datetime(),
  zeroAt: z.iso.datetime().nullable().describe('zero of the run’s clock; null when k6 never got as far'),
  endedAt: z.iso.datetime(),
  ended: z.enum(endings),
  endedBecause: z.string().nullable().describe('what was seen when the experiment was broken off; null otherwise'),
  verdict: z.enum(verdicts),
  exitCode: z.number().int(),
  reasons: z.array(z.string()).describe('why the verdict is not a pass; a sentence each, worst first'),
  delivery: z.strictObject({
    planned: z.number().int(),
    started: z.number().int(),
    completed: z.number().int(),
    cut: z.number().int(),
    samplesLost: z.number().int().describe("gaps in the actors' running numbers"),
    timerLagMs: spreadSchema.describe("started - max(due, taken): the load generator's own lateness"),
    workerWaitMs: spreadSchema.describe('taken - due when no actor was free: the system held every actor'),
  }),
  loadGenerator: z
    .strictObject({
      cpuRatio: z.number().describe('of one core'),
      rssBytes: z.number().int().describe('peak'),
    })
    .optional()
    .describe('absent where the load came from machines apart'),
  parts: z.array(partResultSchema).optional().describe('only of a load from machines apart'),
  processorTime: processorTimeSchema,
  costAndCarbon: costAndCarbonSchema.optional().describe('absent where the processor time is not known'),
  slowRequests: z
    .strictObject({
      connections: z.number().int().describe('at a time, over all systems'),
      opened: z.number().int(),
      ended: z.number().int().describe('by the target'),
      refused: z.number().int().describe('connections that the target did not take'),
      longestHeldMs: z.number(),
    })
    .optional()
    .describe('requests that were sent a byte at a time and never finished; absent where there were none'),
  notStarted: z.array(notStartedSchema).optional().describe('absent: all rows were'),
  totals: z.strictObject({
    requests: z.number().int(),
    failed: z.number().int(),
    bytesSent: z.number(),
    bytesReceived: z.number(),
  }),
  journeys: z.array(
    z.strictObject({
      stream: z.string(),
      journey: z.string(),
      planned: z.number().int(),
      started: z.number().int(),
      completed: z.number().int().describe('ended by themselves, whatever the outcome'),
      outcomes: z.record(z.string(), z.number().int()),
    }),
  ),
  steps: z.array(stepResultSchema),
  callCentres: z.array(callCentreSchema),
  phases: z.array(phaseSchema),
  faults: z.array(faultResultSchema),
  health: z
    .array(z.strictObject({ component: z.string(), fromMs: z.number(), toMs: z.number() }))
    .describe('when the health check of a component failed during an experiment; asked every second'),
  resilience: resilienceSchema.optional().describe('only of an experiment'),
  edges: z
    .array(z.strictObject({ edge: z.string(), phase: phaseSchema.shape.name, calls: z.number().int() }))
    .describe('calls over the ways between systems, where a gate counts them'),
  gates: z.array(gateResultSchema),
  gateDefinitions: z.array(gateSchema).describe('so that every report can be rebuilt from the record alone'),
  integrity: integritySchema,
  comparison: comparisonSchema.optional().describe('with a baseline; absent where none was asked for'),
  evidence: z.array(evidenceSchema),
})
export type RunRecord = z.infer<typeof runRecordSchema>
