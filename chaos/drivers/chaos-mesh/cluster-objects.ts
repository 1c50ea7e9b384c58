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

const containerStatus = z.object({
  name: z.string(),
  containerID: z.string().optional(),
  restartCount: z.number().optional(),
})

const template = z.object({ spec: z.object({ containers: z.array(container) }) })

export const podSchema = z.object({
  metadata: metadata.extend({ uid: z.string() }),
  spec: z.object({
    nodeName: z.string().optional(),
    hostNetwork: z.boolean().optional(),
    containers: z.array(container),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      conditions: z.array(condition).nullish(),
      containerStatuses: z.array(containerStatus).nullish(),
    })
    .optional(),
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

const expression = z.object({
  key: z.string(),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
  values: z.array(z.string()).nullish(),
})
export type Expression = z.infer<typeof expression>

const labelSelector = z.object({
  matchLabels: z.record(z.string(), z.string()).nullish(),
  matchExpressions: z.array(expression).nullish(),
})

export const budgetSchema = z.object({
  metadata,
  spec: z.object({ selector: labelSelector.nullish() }),
  status: z.object({ disruptionsAllowed: z.number().optional() }).optional(),
})
export type Budget = z.infer<typeof budgetSchema>

export const listOf = <T>(item: z.ZodType<T>) => z.object({ items: z.array(item) })

/** Whether a pod runs and takes requests. */
export const isReady = ({ metadata: { deletionTimestamp }, status }: Pod): boolean =>
  deletionTimestamp === undefined &&
  status?.phase === 'Running' &&
  status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true

/** Whether a pod runs and is not ending: what is hit, as the selectors say too. */
export const isRunning = ({ metadata: { deletionTimestamp }, status }: Pod): boolean =>
  deletionTimestamp === undefined && status?.phase === 'Running'

/** Which life of a container it is: a pod keeps its uid when one of them is started again. Empty without a container. */
export const lifeOf = ({ status }: Pod, container: string | undefined): string => {
  const found = status?.containerStatuses?.find(({ name }) => name === container)
  return found === undefined ? '' : `${found.containerID ?? ''} ${found.restartCount ?? 0}`
}
