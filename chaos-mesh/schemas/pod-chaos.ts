import { z } from 'zod'
import { containerName } from './name.ts'
import { duration } from './quantity.ts'
import { targets, withValueOfMode } from './selector.ts'

/** One-shot: there is nothing to recover, and Chaos Mesh ignores a duration, so that none may be given. */
const podKill = withValueOfMode(
  z.strictObject({
    action: z.literal('pod-kill'),
    ...targets,
    gracePeriod: z.int('expected whole seconds').min(0, 'expected at least 0 seconds').optional(),
  }),
)

const containerKill = withValueOfMode(
  z.strictObject({
    action: z.literal('container-kill'),
    ...targets,
    containerNames: z.array(containerName, 'expected names of containers').min(1, 'expected at least one container'),
  }),
)

const podFailure = withValueOfMode(
  z.strictObject({ action: z.literal('pod-failure'), ...targets, duration: duration.optional() }),
)

export const podChaosByAction = { 'pod-kill': podKill, 'container-kill': containerKill, 'pod-failure': podFailure }

/** What happens once and has no end. */
export type OneShotPodChaosSpec = z.infer<typeof podKill> | z.infer<typeof containerKill>

export type PodChaosSpec = OneShotPodChaosSpec | z.infer<typeof podFailure>
