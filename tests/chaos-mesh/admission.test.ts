import { describe, expect, it, test } from 'vitest'
import { problemsOf } from '../../chaos-mesh/problems-of.ts'
import { type Case, cases, manifestOf } from './suite/put-before-webhooks.ts'

const judge = (one: Case) => problemsOf(manifestOf(one))

/** What makes sense. Everything else that the webhooks accept does not. */
const valid = [
  'pod ok',
  'selector pods map',
  'net ok delay',
  'net bandwidth ok',
  'net partition no target',
  'net partition target',
  'stress cpu ok',
  'schedule ok',
]

test('67 manifests were put before the real webhooks', () => {
  expect(cases).toHaveLength(67)
  expect(cases.filter(({ accepted }) => !accepted).length).toBeGreaterThan(30)
})

describe('a manifest that the real webhooks refuse', () => {
  it.each(cases.filter(({ accepted }) => !accepted))('is refused here too: $case', (one) => {
    expect(judge(one).length).toBeGreaterThan(0)
  })
})

describe('a manifest that makes sense', () => {
  it.each(cases.filter(({ case: name }) => valid.includes(name)))('is not refused: $case', (one) => {
    expect(judge(one)).toEqual([])
  })
})

describe('nonsense that the real webhooks accept', () => {
  const nonsense = cases.filter(({ accepted, case: name }) => accepted && !valid.includes(name))

  it.each(nonsense)('is refused here: $case', (one) => {
    expect(judge(one).length).toBeGreaterThan(0)
  })
})

test('every problem of the 67 is said with its path and value', () => {
  const said = cases.map((one) => [one.case, judge(one).map(({ path, message }) => `${path}: ${message}`)])
  expect(Object.fromEntries(said)).toMatchSnapshot()
})
