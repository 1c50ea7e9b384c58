import { z } from 'zod'
import { addressSchema, containerNameSchema, dnsNameSchema, labelsSchema } from './cluster-text.ts'
import { canonicalName, parseComponent } from './component.ts'

const namespace = z.string().regex(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/, 'expected a namespace such as shop')

const componentSchema = z.strictObject({
  labelSelectors: labelsSchema
    .refine((labels) => Object.keys(labels).length > 0, {
      error: 'expected at least one label, got none: every pod of the namespace would be hit',
    })
    .describe('labels of its pods, all of them'),
  namespace: namespace.optional().describe('of its pods; absent: that of the experiments'),
  container: containerNameSchema.optional().describe('absent: the first of each pod, which may be a sidecar'),
  volumePath: z
    .string()
    .regex(/^\//, 'expected an absolute path such as /var/lib/data')
    .optional()
    .describe('of a store: where its volume is mounted; nothing below that'),
  dnsNames: z
    .array(dnsNameSchema)
    .min(1)
    .readonly()
    .optional()
    .describe('by which others find it, for dns-failure; * at the end only'),
  healthUrl: z
    .url()
    .optional()
    .describe('asked from here to measure effects; absent: only what Chaos Mesh and the API server report is known'),
})

const hasPods = (name: string): boolean => ['system', 'store', 'queue'].includes(parseComponent(name)?.kind ?? '')

/** Where the pods of a target's components are on a Kubernetes cluster with Chaos Mesh, and how many may be hit. */
export const chaosMeshTargetSchema = z.strictObject({
  kubeconfig: z
    .string()
    .min(1)
    .optional()
    .describe('path; absent: KUBECONFIG, the one in the home folder, or the service account of the pod'),
  context: z.string().min(1).optional().describe('of the kubeconfig; absent: its current one'),
  namespace: namespace.describe('where the experiments are made'),
  controllerNamespace: namespace.default('chaos-mesh').describe('where Chaos Mesh is installed'),
  maxPodsRatio: z
    .number()
    .gt(0)
    .max(1)
    .default(0.5)
    .describe('pods hit at the same time / pods of their namespaces; more are refused. Half: assumption'),
  clients: z
    .strictObject({ addresses: z.array(addressSchema).min(1).readonly() })
    .optional()
    .describe('addresses or networks (CIDR) from which the load comes, for faults of the ways from the clients'),
  components: z
    .record(z.string().overwrite(canonicalName), componentSchema)
    .superRefine((components, context) => {
      for (const name of Object.keys(components)) {
        if (hasPods(name)) continue
        const message = 'expected a component with pods such as recup, recup.store or queue'
        context.addIssue({ code: 'custom', path: [name], message })
      }
    })
    .refine((components) => Object.keys(components).length > 0, { error: 'expected at least one component, got none' }),
})
export type ChaosMeshTarget = Readonly<z.output<typeof chaosMeshTargetSchema>>
export type ClusterComponent = Readonly<z.output<typeof componentSchema>>
