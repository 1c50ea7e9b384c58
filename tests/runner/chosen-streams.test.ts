import { describe, expect, it } from 'vitest'
import { chosenStreams } from '../../runner/chosen-streams.ts'
import { emergencyMonth } from '../../scenarios/emergency-month.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

const gatesOf = (...names: readonly string[]) => chosenStreams(recupDay, names).gates.map(({ name }) => name)

describe('chosenStreams', () => {
  it('keeps the gates that its streams can meet or break', () => {
    expect(gatesOf('partners')).toEqual([
      'search-p95',
      'search-p99',
      'book-p95',
      'accept-p95',
      'failures',
      'hopeless',
      'timer-lag',
      'integrity',
    ])
    expect(gatesOf('web')).toContain('hold-p95')
    expect(gatesOf('web')).toContain('citizen-identified-p95')
    expect(gatesOf('phone')).toEqual(expect.arrayContaining(['calls-done', 'calls-answered', 'calls-abandoned']))
  })

  it('keeps the order of the scenario', () => {
    expect(chosenStreams(recupDay, ['counter', 'phone']).streams.map(({ name }) => name)).toEqual(['phone', 'counter'])
  })

  it('refuses a stream that is not there, and one whose leader is left out', () => {
    expect(() => chosenStreams(recupDay, ['web', 'tram'])).toThrow('--streams: expected a stream of phone, web')
    expect(() => chosenStreams(emergencyMonth, ['emergency-images'])).toThrow(
      '--streams: expected emergency too, which emergency-images follows, got emergency-images',
    )
  })
})
