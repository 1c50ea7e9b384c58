import { describe, expect, test } from 'vitest'
import { episodeOf } from '../../generators/emergency/episode.ts'
import { appointmentResource } from '../../generators/fhir/appointment.ts'
import { eventTransaction } from '../../generators/fhir/emergency-transactions.ts'
import { fhirProblems } from '../fhir-problems.ts'

const toBase64 = (text: string): string => Buffer.from(text).toString('base64')

test('every transaction of every event of 300 episodes is valid FHIR R4', () => {
  const kinds = new Set<string>()
  for (let seed = 0; seed < 300; seed++) {
    const episode = episodeOf(seed * 7919)
    for (const event of episode.events) {
      const facts = {
        namespace: 'ns',
        stream: 'emergency',
        number: seed,
        identifier: `ns.emergency.${seed}`,
        patient: 'p1',
      }
      const bundle = eventTransaction({ ...facts, episode, event, at: '2026-12-01T09:00:00.000Z' }, toBase64)
      expect([event.name, fhirProblems(bundle)]).toEqual([event.name, []])
      kinds.add(`${event.kind} ${episode.ending} ${episode.colour}`)
    }
  }
  expect(kinds.size).toBeGreaterThan(60)
})

describe('the judge of validity', () => {
  const facts = { namespace: 'ns', identifier: 'i', patient: 'p', slots: ['s'], service: '89.7', nre: 'n' } as const
  const sound = appointmentResource({ ...facts, status: 'booked', created: '2026-12-01T09:00:00Z' })

  test.each([
    ['an unknown element', { ...sound, colour: 'red' }],
    ['a status that is none', { ...sound, status: 'perhaps' }],
    ['a missing element', { ...sound, participant: undefined }],
    ['text for an instant', { ...sound, start: 'tomorrow' }],
    ['a time without its zone', { ...sound, created: '2026-12-01T09:00:00' }],
    ['text for a whole number', { ...sound, minutesDuration: 'ten' }],
  ])('finds %s', (_, resource) => {
    expect(fhirProblems(JSON.parse(JSON.stringify(resource)))).not.toEqual([])
  })

  test('passes a sound appointment', () => {
    expect(fhirProblems(sound)).toEqual([])
  })
})
