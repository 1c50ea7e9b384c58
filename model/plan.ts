import { z } from 'zod'
import { gateSchema } from './gate.ts'
import { lineSchema } from './line.ts'
import { phaseSchema } from './phase.ts'
import { actions, channels } from './scenario.ts'
import { systemNames } from './system.ts'

/** Size of images: as they are, many more of them (another region’s mean), or as many and small. */
export const imageSizes = ['full', 'heavy', 'small'] as const
export type ImageSize = (typeof imageSizes)[number]

const countsSchema = z.strictObject({ expected: z.number(), drawn: z.number().int() })

/** The part of the calendar that is replayed, times in ms of the day. */
export const sliceSchema = z.strictObject({
  day: z.string().describe('a weekday name or a date YYYY-MM-DD'),
  fromMs: z.number().int().min(0),
  toMs: z.number().int().max(86_400_000).describe('on the last of its days'),
  days: z.number().int().min(2).optional().describe('days on end that it lasts; absent: one'),
  squeezeMs: z.number().int().positive().optional().describe('the shape of the slice in this time, at real rates'),
  fullVolume: z.boolean().describe('squeezed with the total volume of the slice'),
  scale: z.record(z.string(), z.number().positive()).describe('factor per stream; * is every other stream'),
  meanDay: z
    .literal(true)
    .optional()
    .describe('drawn from the curves themselves: no day and no quarter hour is busier than the mean one'),
  replay: z
    .strictObject({ rows: z.number().int(), sha256: z.string() })
    .optional()
    .describe('the arrivals come from a file and not from curves'),
})
export type Slice = Readonly<z.infer<typeof sliceSchema>>

export const plannedStreamSchema = z.strictObject({
  name: z.string(),
  channel: z.enum(channels),
  connection: z.enum(['kept', 'fresh']),
  line: lineSchema.optional().describe('between it and the embedded target; absent: none'),
  dayFactor: z.number().describe('of the weekday or holiday and the surge, on the mean working day'),
  expected: z.number().describe("integral of the stream's curve over the slice, before any drawn factor"),
  drawn: z.number().int().describe('arrivals inside the slice: rows, or episodes where rows are events'),
  actions: z
    .array(z.strictObject({ action: z.enum(actions), ...countsSchema.shape }))
    .describe('expected and drawn by what the rows do'),
  open: z.number().int().describe('rows, or episodes, already under way when the run begins'),
  warmUp: z.number().int().describe('rows, or episodes, that arrive during the warm-up'),
  again: z.number().int().describe('rows of those who come again, beyond the expected: redials, second desks'),
  pool: z.number().int().describe('k6 VUs'),
  calls: z
    .strictObject({
      operators: z.number().int().describe('on shift; the pool has no more of them than there are rows'),
      patienceMs: z.number().positive().describe('mean time a caller waits for an operator before giving up'),
    })
    .optional()
    .describe('the rows are calls; absent: they wait for an actor for ever'),
  poolMemoryBytes: z.number().int(),
})
export type PlannedStream = Readonly<z.infer<typeof plannedStreamSchema>>

/** Everything decided before a run: `plan.json` in the run folder. Same seed, same bytes. */
export const planSchema = z.strictObject({
  schemaVersion: z.literal(1),
  scenario: z.string(),
  seed: z.number().int(),
  fiscalCodes: z.enum(['marked', 'invalid', 'valid']),
  slice: sliceSchema,
  durationMs: z.number().describe('warm-up + slice (or squeeze), without the drain'),
  drainCapMs: z.number(),
  phases: z.array(phaseSchema),
  streams: z.array(plannedStreamSchema),
  leftOut: z.array(z.string()).optional().describe('streams of the scenario that somebody has left out; absent: none'),
  systems: z.array(z.enum(systemNames)).describe('those that the journeys call, directly or through another'),
  imageSize: z
    .enum(imageSizes)
    .optional()
    .describe('of diagnostic images: as they are, heavy (many more), or small; absent where there are none'),
  cutoverMs: z
    .number()
    .optional()
    .describe('when writers and readers of images leave the old archive, ms of the run; absent where nothing is moved'),
  paper: z
    .strictObject({ fromMs: z.number(), toMs: z.number(), enteredMs: z.number() })
    .optional()
    .describe(
      'ms of the run: from and to when emergency departments write on paper, and by when that is entered; absent where they need not',
    ),
  slowRequests: z
    .strictObject({ connections: z.number().int(), everyMs: z.number() })
    .optional()
    .describe('connections to each system at a time whose requests are never finished, a byte each time'),
  searchArea: z.enum(['widening', 'region']),
  totals: z
    .record(z.string(), countsSchema)
    .describe(
      'business units: operations, and those of the own structures and of private ones; accesses to emergency departments and the services ordered for them; documents published, and their bytes; televisits; studies made, their images and their bytes; studies moved, and their bytes',
    ),
  dataset: z.strictObject({
    organizations: z.number().int(),
    patients: z.number().int(),
    prescriptions: z.number().int(),
    schedules: z.number().int(),
    slots: z.number().int(),
    appointments: z.number().int(),
    tasks: z.number().int().describe('prescriptions to be taken in charge'),
    invoices: z.number().int().describe('tickets to be paid'),
    encounters: z.number().int().describe('accesses to emergency departments and televisits that began before the run'),
    documents: z.number().int().describe('documents of those who read their health record'),
    documentBytes: z.number().int().describe('of those documents together'),
    studies: z.number().int().describe('studies of images that lie ready: to be read, to be asked for, to be moved'),
    imageBytes: z.number().int().describe('of those studies together'),
    orders: z.number().int().describe('lines ordered there whose results are still to come'),
  }),
  gates: z.array(gateSchema),
  fingerprint: z.string().describe('SHA-256 of everything above and of the timetables'),
})
export type Plan = Readonly<z.infer<typeof planSchema>>
