import { z } from 'zod'
import { type ExperimentKind, experimentKinds } from '../kinds.ts'
import { always } from './always.ts'
import { isCron } from './cron.ts'

const kinds = Object.keys(experimentKinds).filter((kind): kind is ExperimentKind => kind in experimentKinds)

const items = Object.fromEntries(kinds.map((kind) => [experimentKinds[kind].item, z.unknown().optional()]))

/** Everything of a Schedule but what it makes, which is checked as an experiment of its kind. */
export const schedule = z
  .strictObject({
    schedule: z
      .string('expected a cron expression')
      .refine(isCron, 'expected a cron expression of five or six fields, or such as @daily or @every 30s'),
    type: z.enum(kinds),
    concurrencyPolicy: z.enum(['Forbid', 'Allow']).optional(),
    historyLimit: z.int('expected a whole number').min(1, 'expected at least 1').optional(),
    startingDeadlineSeconds: z.int('expected whole seconds').min(1, 'expected at least 1 second').nullish(),
    ...items,
  })
  .superRefine((spec, context) => {
    const type = kinds.find((kind) => kind === Reflect.get(spec, 'type'))
    for (const kind of type === undefined ? [] : kinds) {
      const { item } = experimentKinds[kind]
      const isThere = Reflect.get(spec, item) !== undefined
      if (isThere === (kind === type)) continue
      const message = isThere ? `expected none with type ${type}` : `expected what type ${type} makes`
      context.addIssue({ code: 'custom', path: [item], message })
    }
  }, always)
