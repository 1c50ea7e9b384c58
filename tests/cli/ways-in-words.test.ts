import { expect, test } from 'vitest'
import { waysInWords } from '../../cli/ways-in-words.ts'
import { pacedJourneys } from '../../region/pace.ts'

const step = (name: string) => ({ step: name, thinkAfter: { kind: 'none' as const } })

test('the most frequent way of a journey comes first', () => {
  const ways = [
    { weight: 1, steps: [step('a'), step('b')] },
    { weight: 3, steps: [step('a'), step('c'), step('a')] },
  ]
  expect(waysInWords(ways)).toBe('a → c → a, or a → b')
})

test.each(pacedJourneys().map((journey) => [`${journey.action} (${journey.channel})`, journey] as const))(
  'the steps of %s are told',
  (_, { pace }) => {
    expect(waysInWords(pace.value)).toMatch(/^[a-z-]+( → [a-z-]+)*(, or [a-z-]+( → [a-z-]+)*)*$/)
  },
)
