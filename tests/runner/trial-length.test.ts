import { describe, expect, it } from 'vitest'
import { chosenStreams } from '../../runner/chosen-streams.ts'
import { trialLengthMs } from '../../runner/trial-length.ts'
import { digitalServices } from '../../scenarios/digital-services.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

describe('trialLengthMs', () => {
  it('gives the longest journeys half as much again as they take on average', () => {
    expect(trialLengthMs(recupDay)).toBe(170_000)
    expect(trialLengthMs(chosenStreams(recupDay, ['web', 'partners']))).toBe(60_000)
  })

  it('is never less than half a minute, and never more than four', () => {
    expect(trialLengthMs(chosenStreams(recupDay, ['partners']))).toBe(30_000)
    expect(trialLengthMs(digitalServices)).toBe(240_000)
  })
})
