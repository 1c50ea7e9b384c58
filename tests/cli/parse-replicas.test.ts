import { expect, test } from 'vitest'
import { parseReplicas } from '../../cli/parse-replicas.ts'

test('replicas are read by system', () => {
  expect(parseReplicas(['recup=2', 'prescriptions=3'])).toEqual({ recup: 2, prescriptions: 3 })
  expect(parseReplicas([])).toEqual({})
})

test.each(['recup', 'recup=0', 'recup=2.5', 'imaging=2', 'nothing=2'])('%s is no number of replicas', (text) => {
  expect(() => parseReplicas([text])).toThrow(
    `--replicas: expected one of recup, prescriptions, emergency, reports, telemedicine and a number from 1 to 9, got ${text}`,
  )
})
