import { z } from 'zod'
import { containerName } from './name.ts'
import { duration, offset } from './quantity.ts'
import { targets, withValueOfMode } from './selector.ts'

const clocks = z.enum([
  'CLOCK_REALTIME',
  'CLOCK_MONOTONIC',
  'CLOCK_PROCESS_CPUTIME_ID',
  'CLOCK_THREAD_CPUTIME_ID',
  'CLOCK_MONOTONIC_RAW',
  'CLOCK_REALTIME_COARSE',
  'CLOCK_MONOTONIC_COARSE',
  'CLOCK_BOOTTIME',
  'CLOCK_REALTIME_ALARM',
  'CLOCK_BOOTTIME_ALARM',
])

/** It hits the first process of a container and its children only. */
export const timeChaos = withValueOfMode(
  z.strictObject({
    ...targets,
    containerNames: z.array(containerName).min(1, 'expected at least one container').optional(),
    timeOffset: offset,
    clockIds: z.array(clocks).min(1, 'expected at least one clock').optional(),
    duration: duration.optional(),
  }),
)

export type TimeChaosSpec = z.infer<typeof timeChaos>
