import { z } from 'zod'
import { always } from './always.ts'
import { externalTarget } from './external-target.ts'
import { correlation, duration, jitter, latency, rate, share } from './quantity.ts'
import { targets, withValueOfMode } from './selector.ts'

const positive = z.int('expected a whole number').min(1, 'expected at least 1')
const block = <T extends z.ZodRawShape>(name: string, shape: T) => z.strictObject(shape, `expected a block ${name}`)

const reorder = z.strictObject({
  reorder: share,
  correlation: correlation.optional(),
  gap: z.int('expected a whole number').min(0, 'expected at least 0'),
})

const blocks = {
  delay: block('delay', {
    latency,
    correlation: correlation.optional(),
    jitter: jitter.optional(),
    reorder: reorder.optional(),
  }),
  loss: block('loss', { loss: share, correlation: correlation.optional() }),
  duplicate: block('duplicate', { duplicate: share, correlation: correlation.optional() }),
  corrupt: block('corrupt', { corrupt: share, correlation: correlation.optional() }),
  rate: block('rate', { rate }),
  bandwidth: block('bandwidth', {
    rate,
    limit: positive,
    buffer: positive,
    peakrate: positive.optional(),
    minburst: positive.optional(),
  }),
}

const device = z
  .string()
  .regex(/^[A-Za-z0-9][-A-Za-z0-9_.:@]{0,14}$/, 'expected a network device such as eth0')
  .optional()

const shape = {
  ...targets,
  duration: duration.optional(),
  direction: z.enum(['to', 'from', 'both']).optional(),
  target: withValueOfMode(z.strictObject(targets)).optional(),
  externalTargets: z.array(externalTarget).min(1, 'expected at least one external target').optional(),
  device,
  targetDevice: device,
}

type Problem = { readonly path: string; readonly message: string }

/** What shapes traffic can tell it apart only where it leaves. */
const directionProblems = (spec: object): readonly Problem[] => {
  const direction = Reflect.get(spec, 'direction')
  if (direction !== 'from' && direction !== 'both') return []
  const hasExternal = Reflect.get(spec, 'externalTargets') !== undefined
  const hasTarget = Reflect.get(spec, 'target') !== undefined
  const problems: Problem[] = []
  if (hasExternal) problems.push({ path: 'externalTargets', message: `expected none with direction ${direction}` })
  if (!hasTarget) problems.push({ path: 'target', message: `expected a target with direction ${direction}` })
  return problems
}

const shaping = <T extends z.ZodObject>(schema: T): T =>
  withValueOfMode(schema).superRefine((spec, context) => {
    for (const { path, message } of directionProblems(spec)) context.addIssue({ code: 'custom', path: [path], message })
  }, always)

const netem = shaping(
  z.strictObject({
    action: z.literal('netem'),
    ...shape,
    delay: blocks.delay.optional(),
    loss: blocks.loss.optional(),
    duplicate: blocks.duplicate.optional(),
    corrupt: blocks.corrupt.optional(),
    rate: blocks.rate.optional(),
  }),
).superRefine((spec, context) => {
  const names = ['delay', 'loss', 'duplicate', 'corrupt', 'rate']
  if (names.some((name) => Reflect.get(spec, name) !== undefined)) return
  context.addIssue({ code: 'custom', message: `expected at least one block of ${names.join(', ')} with action netem` })
}, always)

const simple = {
  delay: shaping(z.strictObject({ action: z.literal('delay'), ...shape, delay: blocks.delay })),
  loss: shaping(z.strictObject({ action: z.literal('loss'), ...shape, loss: blocks.loss })),
  duplicate: shaping(z.strictObject({ action: z.literal('duplicate'), ...shape, duplicate: blocks.duplicate })),
  corrupt: shaping(z.strictObject({ action: z.literal('corrupt'), ...shape, corrupt: blocks.corrupt })),
  bandwidth: shaping(z.strictObject({ action: z.literal('bandwidth'), ...shape, bandwidth: blocks.bandwidth })),
}

/** Without a target and external targets it cuts off everything. */
const partition = withValueOfMode(z.strictObject({ action: z.literal('partition'), ...shape }))

export const networkChaosByAction = { ...simple, netem, partition }

export type NetworkChaosSpec = z.infer<(typeof networkChaosByAction)[keyof typeof networkChaosByAction]>
