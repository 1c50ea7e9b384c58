import { describe, expect, it } from 'vitest'
import { archivedPatientOf, archiveKeys, studyOfKey } from '../../generators/imaging/archive.ts'
import { meanInstances, meanStudy, pixelBytesOf, studyBytes, studyOf } from '../../generators/imaging/study.ts'
import { rngOf } from '../../generators/rng.ts'
import { imageSizes } from '../../model/plan.ts'
import { archivedPatients, type StudyKind, studyKinds } from '../../region/imaging.ts'

const rng = rngOf(11)
const drawn = Array.from({ length: 20_000 }, (_, n) => studyOf({ seed: rng.at(n).uint32(), nth: 0 }, 'full'))

describe('studies', () => {
  it('have the bytes of the region on the mean: 63 MB, 200 MB in a heavy archive, a sixty-fourth when small', () => {
    expect(meanStudy('full').bytes / 1e6).toBeCloseTo(63, -0.5)
    expect(meanStudy('heavy').bytes / 1e6).toBeCloseTo(200, -0.5)
    expect(meanStudy('full').bytes / meanStudy('small').bytes).toBeGreaterThan(60)
    expect(meanStudy('small').instances).toBe(meanStudy('full').instances)
  })

  it('are of each kind as often as the shares say, within four standard errors', () => {
    const shares: readonly StudyKind[] = studyKinds.value
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
    for (const { modality, share } of shares) {
      const count = drawn.filter(({ kind }) => kind.modality === modality).length
      const deviation = Math.sqrt(drawn.length * share * (1 - share))
      expect(Math.abs(count - drawn.length * share)).toBeLessThan(4 * deviation)
    }
  })

  it('have as many instances as expected, within four standard errors', () => {
    for (const kind of studyKinds.value) {
      const counts = drawn.filter((study) => study.kind.modality === kind.modality).map(({ instances }) => instances)
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
      const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length
      expect(Math.abs(mean - meanInstances(kind))).toBeLessThan(4 * Math.sqrt(variance / counts.length) + 1e-9)
      expect(Math.max(...counts)).toBeLessThanOrEqual(kind.mostInstances)
      expect(Math.min(...counts)).toBeGreaterThan(0)
    }
  })

  it.each(imageSizes)('have pixels of an even length in %s images', (size) => {
    for (const kind of studyKinds.value) expect(pixelBytesOf(kind, size) % 2).toBe(0)
  })
})

describe('the archive', () => {
  const keys = archiveKeys({ run: '1'.padStart(10, '0'), seed: 1 })

  it('has every common kind, one and a half earlier studies each, and fits a disk', () => {
    const kinds = new Set(keys.map((key) => studyOfKey(key, 'full').kind.modality))
    for (const { modality, share } of studyKinds.value) if (share >= 0.05) expect([...kinds]).toContain(modality)
    expect(keys).toHaveLength(2.5 * archivedPatients.value)
    expect(keys.reduce((sum, key) => sum + studyBytes(studyOfKey(key, 'full'), 'full'), 0)).toBeLessThan(5e9)
  })

  it('is asked for every patient of it by some row', () => {
    const asked = new Set(Array.from({ length: 1000 }, (_, n) => archivedPatientOf(rng.at(n).uint32())))
    expect([...asked].toSorted((a, b) => a - b)).toEqual(Array.from({ length: archivedPatients.value }, (_, n) => n))
  })
})
