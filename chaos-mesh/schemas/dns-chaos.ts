import { z } from 'zod'
import { containerName } from './name.ts'
import { duration } from './quantity.ts'
import { targets, withValueOfMode } from './selector.ts'

/** Without patterns every name is hit, which is refused: `*` says so. */
export const dnsChaos = withValueOfMode(
  z.strictObject({
    action: z.enum(['error', 'random']),
    ...targets,
    containerNames: z.array(containerName).min(1, 'expected at least one container').optional(),
    patterns: z
      .array(
        z
          .string()
          .regex(/^(?=.)[A-Za-z0-9?._-]*\*?$/, 'expected a name with ? anywhere and * at its end only, as github.*'),
        'expected patterns of names',
      )
      .min(1, 'expected at least one pattern; * is every name'),
    duration: duration.optional(),
  }),
)

export type DNSChaosSpec = z.infer<typeof dnsChaos>
