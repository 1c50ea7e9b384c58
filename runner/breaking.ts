import type { Driver } from '../chaos/driver.ts'
import type { Twin } from '../twin/twin.ts'
import type { OpenOptions } from './open-target.ts'

/** What breaks one kind of target. */
export interface Breaking {
  /** How the target is opened, so that it can be broken. */
  readonly opening: Pick<OpenOptions, 'breakable'>
  driverOf(twin: Twin | undefined): Driver
  /** Why it may not be broken any longer, in words: it is not ours alone any more. */
  readonly lost?: () => string | undefined
  /** Ends what was started for it. */
  close(): Promise<void>
}
