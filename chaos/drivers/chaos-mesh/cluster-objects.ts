import { z } from 'zod'

const metadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
})

const condition = z.object({ type: z.string(), status: z.string() })

const container = z.object({
  name: z.string(),
  image: z.string().optional(),
  args: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  env: z.array(z.object({ name: z.string(), value: z.string().optional() })).optional(),
})

const template = z.object({ spec: z.object({ containers: z.array(container) }) })

export const podSchema = z.object({
  metadata: metadata.extend({ uid: z.string() }),
  spec: z.object({
    nodeName: z.string().optional(),
    hostNetwork: z.boolean().optional(),
    containers: z.array(container),
  }),
  status: z.object({ phase: z.string().optional(), conditions: z.array(condition).nullish() }).optional(),
})
export type Pod = z.infer<typeof podSchema>

export const nodeSchema = z.object({
  metadata,
  status: z.object({ nodeInfo: z.object({ containerRuntimeVersion: z.string() }).optional() }).optional(),
})
export type ClusterNode = z.infer<typeof nodeSchema>

export const namespaceSchema = z.object({ metadata })
export type Namespace = z.infer<typeof namespaceSchema>

export const deploymentSchema = z.object({
  metadata,
  spec: z.object({ template }),
  status: z.object({ availableReplicas: z.number().optional() }).optional(),
})
export type Deployment = z.infer<typeof deploymentSchema>

export const daemonSetSchema = z.object({ metadata, spec: z.object({ template }) })
export type DaemonSet = z.infer<typeof daemonSetSchema>

export const budgetSchema = z.object({
  metadata,
  spec: z.object({ selector: z.object({ matchLabels: z.record(z.string(), z.string()).optional() }).nullish() }),
  status: z.object({ disruptionsAllowed: z.number().optional() }).optional(),
})
export type Budget = z.infer<typeof budgetSchema>

export const listOf = <T>(item: z.ZodType<T>) => z.object({ items: z.array(item) })

/** Whether a pod runs and takes requests. */
export const isReady = ({ metadata: { deletionTimestamp }, status }: Pod): boolean =>
  deletionTimestamp === undefined &&
  status?.phase === 'Running' &&
  status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true

/** Whether a pod is there and has not ended: what Chaos Mesh can hit. */
export const isAlive = ({ metadata: { deletionTimestamp }, status }: Pod): boolean =>
  deletionTimestamp === undefined && !['Succeeded', 'Failed'].includes(status?.phase ?? '')
