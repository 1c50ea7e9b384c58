import { z } from 'zod'
import type { ExperimentKind } from '../kinds.ts'
import { dnsChaos } from './dns-chaos.ts'
import { ioChaosByAction } from './io-chaos.ts'
import { networkChaosByAction } from './network-chaos.ts'
import { podChaosByAction } from './pod-chaos.ts'
import { targets, withValueOfMode } from './selector.ts'
import { stressChaos } from './stress-chaos.ts'
import { timeChaos } from './time-chaos.ts'

const actionOf = (spec: unknown): string => {
  const action = typeof spec === 'object' && spec !== null ? Reflect.get(spec, 'action') : undefined
  return typeof action === 'string' ? action : ''
}

/** Chosen by hand: of a spec whose action is wrong, everything that all actions share is judged all the same. */
const byAction = (schemas: Readonly<Record<string, z.ZodType>>, spec: unknown): z.ZodType =>
  schemas[actionOf(spec)] ??
  withValueOfMode(
    z.looseObject({
      action: z.literal(Object.keys(schemas), `expected an action of ${Object.keys(schemas).join(', ')}`),
      ...targets,
    }),
  )

/** What judges the spec of an experiment. */
export const specSchema = (kind: ExperimentKind, spec: unknown): z.ZodType => {
  switch (kind) {
    case 'PodChaos':
      return byAction(podChaosByAction, spec)
    case 'NetworkChaos':
      return byAction(networkChaosByAction, spec)
    case 'IOChaos':
      return byAction(ioChaosByAction, spec)
    case 'StressChaos':
      return stressChaos
    case 'DNSChaos':
      return dnsChaos
    case 'TimeChaos':
      return timeChaos
  }
}
