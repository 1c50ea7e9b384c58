import { z } from 'zod'
import { containerName } from './name.ts'
import { duration, size } from './quantity.ts'
import { targets, withValueOfMode } from './selector.ts'

const workers = z.int('expected a number of workers').min(1, 'expected at least 1 worker').max(8192)
const options = z.array(z.string()).optional()

const stressors = z
  .strictObject(
    {
      cpu: z
        .strictObject({
          workers,
          load: z.int('expected whole percent').min(1, 'expected 1 to 100').max(100, 'expected 1 to 100').optional(),
          options,
        })
        .optional(),
      memory: z
        .strictObject({
          workers,
          size: size.optional(),
          oomScoreAdj: z.int().min(-1000, 'expected -1000 to 1000').max(1000, 'expected -1000 to 1000').optional(),
          options,
        })
        .optional(),
    },
    'expected stressors',
  )
  .refine(
    ({ cpu, memory }) => cpu !== undefined || memory !== undefined,
    'expected at least one stressor of cpu, memory',
  )

/** The experimental `stressngStressors` is left out. */
export const stressChaos = withValueOfMode(
  z.strictObject({
    ...targets,
    containerNames: z.array(containerName).min(1, 'expected at least one container').optional(),
    stressors,
    duration: duration.optional(),
  }),
)

export type StressChaosSpec = z.infer<typeof stressChaos>
