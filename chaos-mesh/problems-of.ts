import { z } from 'zod'
import { allKinds, apiVersion, type ExperimentKind, experimentKinds } from './kinds.ts'
import type { Manifest } from './manifest.ts'
import { labelKey, labelValue, namespace, objectName } from './schemas/name.ts'
import { schedule } from './schemas/schedule.ts'
import { specSchema } from './schemas/spec-schema.ts'

/** What is wrong with one field. */
export interface Problem {
  /** Where: `spec.delay.latency`. */
  readonly path: string
  /** `expected …, got …` */
  readonly message: string
}

const envelope = z.strictObject(
  {
    apiVersion: z.literal(apiVersion),
    kind: z.enum(
      allKinds,
      `expected a kind of ${allKinds.join(', ')} (HTTPChaos is left out: pods can lose their network after it)`,
    ),
    metadata: z.strictObject(
      {
        name: objectName,
        namespace,
        labels: z.record(labelKey, labelValue).optional(),
        annotations: z.record(labelKey, z.string()).optional(),
      },
      'expected metadata',
    ),
    spec: z.looseObject({}, 'expected a spec'),
  },
  'expected a manifest',
)

/** Everything that is wrong with a manifest, at once; empty when the API server and its webhooks will take it, and it makes sense. */
export const problemsOf = (manifest: unknown): readonly Problem[] => {
  const kind = read(manifest, 'kind')
  const spec = read(manifest, 'spec')
  const problems = judge(envelope, manifest, [])
  if (typeof spec !== 'object' || spec === null) return problems
  if (kind === 'Schedule') return [...problems, ...scheduleProblems(spec)]
  return isExperimentKind(kind) ? [...problems, ...judge(specSchema(kind, spec), spec, ['spec'])] : problems
}

/** Whether nothing is wrong with it. */
export const isManifest = (value: unknown): value is Manifest => problemsOf(value).length === 0

const isExperimentKind = (kind: unknown): kind is ExperimentKind => typeof kind === 'string' && kind in experimentKinds

const scheduleProblems = (spec: object): readonly Problem[] => {
  const type = read(spec, 'type')
  const problems = judge(schedule, spec, ['spec'])
  if (!isExperimentKind(type)) return problems
  const { item } = experimentKinds[type]
  const inner = read(spec, item)
  return inner === undefined ? problems : [...problems, ...judge(specSchema(type, inner), inner, ['spec', item])]
}

const judge = (schema: z.ZodType, value: unknown, at: readonly string[]): readonly Problem[] => {
  const { error } = schema.safeParse(value)
  const problems = (error?.issues ?? []).flatMap((issue) => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [undefined]
    return names.map((name) => problem(issue, value, { at, ...(name !== undefined && { name }) }))
  })
  // The last one about a field knows the most of it.
  return [...new Map(problems.map((one) => [one.path, one])).values()]
}

const problem = (
  issue: z.core.$ZodIssue,
  value: unknown,
  { at, name }: { readonly at: readonly string[]; readonly name?: string },
): Problem => {
  const path = name === undefined ? issue.path : [...issue.path, name]
  const got = path.reduce<unknown>((inside, key) => read(inside, key), value)
  return { path: [...at, ...path].join('.'), message: `${expectation(issue)}, got ${inWords(got)}` }
}

const expectation = (issue: z.core.$ZodIssue): string => {
  if (issue.message.startsWith('expected')) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`
    case 'invalid_value':
      return `expected one of ${issue.values.join(', ')}`
    case 'unrecognized_keys':
      return 'expected no field of this name here'
    case 'too_big':
      return `expected at most ${issue.maximum}`
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'expected a known name'
    default:
      return `expected another value (${issue.message})`
  }
}

const read = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

const inWords = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
