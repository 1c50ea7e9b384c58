import { z } from 'zod'
import type { DeepReadonly } from '../deep-readonly.ts'
import { always } from './always.ts'
import { labelKey, labelValue, namespace, objectName } from './name.ts'

const labels = z.record(labelKey, labelValue).optional()

/** What the API server can compare of a pod. */
const podFields = [
  'metadata.name',
  'metadata.namespace',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.schedulerName',
  'spec.serviceAccountName',
  'spec.hostNetwork',
  'status.phase',
  'status.podIP',
  'status.podIPs',
  'status.nominatedNodeName',
] as const

const expression = z.discriminatedUnion(
  'operator',
  [
    z.strictObject({
      key: labelKey,
      operator: z.enum(['In', 'NotIn']),
      values: z.array(labelValue).min(1, 'expected at least one value'),
    }),
    z.strictObject({
      key: labelKey,
      operator: z.enum(['Exists', 'DoesNotExist']),
      values: z.array(z.never('expected no value')).optional(),
    }),
  ],
  'expected the operator In, NotIn, Exists or DoesNotExist',
)

/** Of these at least one is to choose: namespaces and phases alone leave every pod in. */
const choosing = {
  labelSelectors: labels,
  expressionSelectors: z.array(expression).optional(),
  annotationSelectors: labels,
  fieldSelectors: z.partialRecord(z.enum(podFields), z.string()).optional(),
  nodes: z.array(objectName).optional(),
  nodeSelectors: labels,
  pods: z.record(namespace, z.array(objectName).min(1, 'expected at least one pod')).optional(),
}

const isChoice = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

const chooses = (selector: object): boolean =>
  Object.entries(selector).some(([key, value]) => key in choosing && isChoice(value))

const choosesBesidePods = ({ pods: _, ...others }: { readonly pods?: unknown; readonly podPhaseSelectors?: unknown }) =>
  chooses(others) || isChoice(others.podPhaseSelectors)

/** Which pods are hit. Chaos Mesh takes an empty one for every pod of the namespace; this client refuses it. */
export const selector = z
  .strictObject(
    {
      namespaces: z
        .array(namespace)
        .min(1, 'expected at least one namespace')
        .refine((names) => new Set(names).size === names.length, 'expected each namespace once: its pods are hit twice')
        .optional(),
      podPhaseSelectors: z
        .array(z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']))
        .min(1, 'expected at least one phase')
        .optional(),
      ...choosing,
    },
    'expected a selector',
  )
  .refine(chooses, {
    error:
      'expected a selector by labels, expressions, annotations, fields, nodes or pods: without one every pod of the namespace is hit',
    ...always,
  })
  .refine((its) => !isChoice(its.pods) || !choosesBesidePods(its), {
    error: 'expected nothing beside pods but namespaces: Chaos Mesh ignores it',
    ...always,
  })

/** Which pods are hit, as the API says it. */
export type Selector = DeepReadonly<z.infer<typeof selector>>

/** Which of the pods that a selector finds are hit. */
export const targets = {
  mode: z.enum(['one', 'all', 'fixed', 'fixed-percent', 'random-max-percent']),
  value: z.string().optional(),
  selector,
}

const isCount = (value: string, max: number): boolean =>
  /^\d+$/.test(value) && Number(value) > 0 && Number(value) <= max

/** What is wrong with the value of a mode; undefined when nothing is. */
const valueProblem = (mode: unknown, value: unknown): string | undefined => {
  const text = typeof value === 'string' ? value : ''
  switch (mode) {
    case 'fixed':
      return isCount(text, Number.MAX_SAFE_INTEGER) ? undefined : 'expected a number of pods as text with mode fixed'
    case 'fixed-percent':
    case 'random-max-percent':
      return isCount(text, 100) ? undefined : `expected 1 to 100 percent as text with mode ${mode}`
    case 'one':
    case 'all':
      return value === undefined ? undefined : `expected no value with mode ${mode}`
    default:
      return undefined
  }
}

/** Adds the check of `value` to what has targets; it runs whatever else is wrong, so that all problems come at once. */
export const withValueOfMode = <T extends z.ZodObject>(schema: T): T =>
  schema.superRefine((spec, context) => {
    const message = valueProblem(Reflect.get(spec, 'mode'), Reflect.get(spec, 'value'))
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['value'], message })
  }, always)
