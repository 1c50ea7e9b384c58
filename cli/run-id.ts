import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Runs lie in the working directory, never inside collaudo. */
export const runsDir = 'runs'

/** The folder of a run that is named by its id or its folder. */
export const runFolderOf = (run: string): string => (existsSync(run) ? run : join(runsDir, run))

/** `r20261124-231305-042`: sorts by time, is a legal FHIR id and tag. */
export const runIdOf = (now: Date): string => {
  const digits = now.toISOString().replace(/\D/g, '')
  return `r${digits.slice(0, 8)}-${digits.slice(8, 14)}-${digits.slice(14, 17)}`
}
