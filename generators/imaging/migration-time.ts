import { hours } from '../../region/day-shapes.ts'
import { priorsPerReading, sharedStudiesShare, studiesPerDay } from '../../region/imaging.ts'
import { links, migration } from '../../region/migration.ts'
import { meanStudy } from './study.ts'

/** How long all that moves takes over a link: alone, and with what the day's images leave of it; undefined when they leave nothing. */
export interface MigrationTime {
  readonly gigabitsPerSecond: number
  readonly aloneHours: number
  readonly besideHours: number | undefined
}

const secondsPerHour = 3600

/**
 * Alone: t = bytes / c, c = link / 8. Beside the day's images: t = bytes / mean over the hours h of max(0, c − d(h)), with
 * d(h) = share(h) · studies · bytes of a study · (1 stored + 1 read + earlier ones read + shared) / 3600 s. Bytes, seconds.
 */
export const migrationTimes = (): readonly MigrationTime[] => {
  const { archiveBytes } = migration
  const copies = 2 + priorsPerReading.value + sharedStudiesShare.value
  const dayBytes = studiesPerDay.value * meanStudy('full').bytes * copies
  return links.value.map((gigabitsPerSecond) => {
    const bytesPerSecond = (gigabitsPerSecond * 1e9) / 8
    const left = hours.imaging.value.map((percent) =>
      Math.max(0, bytesPerSecond - ((percent / 100) * dayBytes) / secondsPerHour),
    )
    const leftPerSecond = left.reduce((sum, rate) => sum + rate, 0) / left.length
    return {
      gigabitsPerSecond,
      aloneHours: archiveBytes.value / bytesPerSecond / secondsPerHour,
      besideHours: leftPerSecond > 0 ? archiveBytes.value / leftPerSecond / secondsPerHour : undefined,
    }
  })
}
