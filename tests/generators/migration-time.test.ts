import { expect, test } from 'vitest'
import { migrationTimes } from '../../generators/imaging/migration-time.ts'
import { meanStudy } from '../../generators/imaging/study.ts'
import { priorsPerReading, sharedStudiesShare, studiesPerDay } from '../../region/imaging.ts'
import { links, migration } from '../../region/migration.ts'

test('150 TB take 1.2 million seconds at a gigabit a second, a tenth of it at ten', () => {
  const [one, ten] = migrationTimes()
  expect(one?.aloneHours).toBeCloseTo(150e12 / 125e6 / 3600)
  expect(ten?.aloneHours).toBeCloseTo((one?.aloneHours ?? 0) / 10)
})

test('beside the day’s images a wide link loses as much as they take', () => {
  const widest = migrationTimes().at(-1)
  const bytesPerSecond = ((links.value.at(-1) ?? 0) * 1e9) / 8
  const copies = 2 + priorsPerReading.value + sharedStudiesShare.value
  const takenPerSecond = (studiesPerDay.value * meanStudy('full').bytes * copies) / 86_400
  expect(widest?.besideHours).toBeCloseTo(migration.archiveBytes.value / (bytesPerSecond - takenPerSecond) / 3600)
})

test('a narrow link that the day fills at its peak takes longer than what is left on the mean', () => {
  const [one] = migrationTimes()
  expect(one?.besideHours).toBeGreaterThan((one?.aloneHours ?? 0) * 1.5)
})
