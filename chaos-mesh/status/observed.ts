import { z } from 'zod'
import { ChaosMeshError } from '../chaos-mesh-error.ts'

const recordEvent = z.object({
  operation: z.enum(['Apply', 'Recover']),
  type: z.enum(['Succeeded', 'Failed']),
  timestamp: z.string().transform((text) => Date.parse(text)),
  message: z.string().optional(),
})

const record = z.object({
  id: z.string(),
  phase: z.string(),
  injectedCount: z.number().default(0),
  recoveredCount: z.number().default(0),
  events: z.array(recordEvent).nullish(),
})

const reference = z.object({ kind: z.string(), namespace: z.string().optional(), name: z.string() })

const observed = z.object({
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    resourceVersion: z.string().optional(),
    creationTimestamp: z.string().optional(),
    deletionTimestamp: z.string().optional(),
    finalizers: z.array(z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    labels: z.record(z.string(), z.string()).optional(),
    ownerReferences: z.array(z.object({ uid: z.string() })).optional(),
  }),
  spec: z.looseObject({ action: z.string().optional() }),
  status: z
    .object({
      conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
      experiment: z
        .object({ desiredPhase: z.string().optional(), containerRecords: z.array(record).nullish() })
        .optional(),
      active: z.array(reference).nullish(),
    })
    .optional(),
})

/** An object as the API server shows it; only what this client reads. */
export type Observed = z.infer<typeof observed>

/** What happened to one target: a pod, or a container of one. */
export type TargetRecord = z.infer<typeof record>

/** Reads it from an answer; throws an `unreachable` ChaosMeshError when that is no object: something else has answered. */
export const readObserved = (value: unknown): Observed => readAs(observed, 'an object of Chaos Mesh', value)

/** Reads an answer by its schema; the same error. */
export const readAs = <T>(schema: z.ZodType<T>, what: string, value: unknown): T => {
  const { data, error } = schema.safeParse(value)
  if (error === undefined) return data
  const got = JSON.stringify(value)?.slice(0, 200)
  throw new ChaosMeshError('unreachable', `expected ${what} from the API server, got ${got}`, {
    hint: 'look at what stands between here and the API server',
  })
}

/** The records of the targets; none before they were selected. */
export const recordsOf = ({ status }: Observed): readonly TargetRecord[] => status?.experiment?.containerRecords ?? []
