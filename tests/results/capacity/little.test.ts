import { describe, expect, it } from 'vitest'
import { littlesLaw } from '../../../results/capacity/little.ts'

const lastsMs = 30_000

describe('littlesLaw', () => {
  it('compares busy actors with journeys per second times their mean duration', () => {
    const endedMs = Array.from({ length: 1200 }, () => 100)
    const law = littlesLaw({ lastsMs, busyMs: 123_000, endedMs })
    expect(law.busyActors).toBeCloseTo(4.1)
    expect(law.expectedBusyActors).toBeCloseTo(4)
    expect(law.gapRatio).toBeCloseTo(3 / 123)
    expect(law.isPlateau).toBe(true)
  })

  it('says that more than 10 % is no plateau', () => {
    const endedMs = Array.from({ length: 1200 }, () => 100)
    expect(littlesLaw({ lastsMs, busyMs: 132_000, endedMs }).isPlateau).toBe(true)
    expect(littlesLaw({ lastsMs, busyMs: 135_000, endedMs }).isPlateau).toBe(false)
  })

  it('gives few journeys what chance does: 25 of them differ by a fifth', () => {
    const endedMs = Array.from({ length: 25 }, () => 100_000)
    expect(littlesLaw({ lastsMs, busyMs: 3_500_000, endedMs })).toMatchObject({ isPlateau: true })
    expect(littlesLaw({ lastsMs, busyMs: 7_000_000, endedMs })).toMatchObject({ isPlateau: false })
  })

  it('holds where nothing happened', () => {
    expect(littlesLaw({ lastsMs, busyMs: 0, endedMs: [] })).toEqual({
      busyActors: 0,
      expectedBusyActors: 0,
      gapRatio: 0,
      isPlateau: true,
    })
  })
})
