import { describe, expect, it } from 'vitest'
import { littlesLaw } from '../../../results/capacity/little.ts'

describe('littlesLaw', () => {
  it('compares what is in a system with what is sent per second times its mean duration', () => {
    const law = littlesLaw({ inFlight: 4.1, sentPerSecond: 40, meanMs: 100, sent: 1200 })
    expect(law.expectedInFlight).toBeCloseTo(4)
    expect(law.gapRatio).toBeCloseTo(0.1 / 4.1)
    expect(law.isPlateau).toBe(true)
  })

  it('says that more than 10 % is no plateau', () => {
    const many = { sentPerSecond: 400, meanMs: 100, sent: 12_000 }
    expect(littlesLaw({ ...many, inFlight: 44.3 }).isPlateau).toBe(true)
    expect(littlesLaw({ ...many, inFlight: 44.6 }).isPlateau).toBe(false)
    expect(littlesLaw({ ...many, inFlight: 35 }).isPlateau).toBe(false)
  })

  it('gives few requests what chance does', () => {
    const few = { sentPerSecond: 1, meanMs: 1000, sent: 32 }
    expect(littlesLaw({ ...few, inFlight: 3.9 }).isPlateau).toBe(true)
    expect(littlesLaw({ ...few, inFlight: 4.1 }).isPlateau).toBe(false)
  })

  it('holds where nothing happened', () => {
    expect(littlesLaw({ inFlight: 0, sentPerSecond: 0, meanMs: 0, sent: 0 })).toEqual({
      expectedInFlight: 0,
      gapRatio: 0,
      isPlateau: true,
    })
  })
})
