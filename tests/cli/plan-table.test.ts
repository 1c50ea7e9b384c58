import { expect, test } from 'vitest'
import { planTable } from '../../cli/plan-table.ts'
import { plan } from '../results/fixture.ts'

test('says what each stream has of the operations, and of its own rows what they do', () => {
  const [web, desk] = plan().streams
  if (!web || !desk) return expect.fail('no streams')
  const actions = [
    { action: 'book' as const, expected: 150, drawn: 140 },
    { action: 'cancel' as const, expected: 50, drawn: 60 },
  ]
  const of = { ...plan(), streams: [{ ...web, actions }, desk], totals: { operations: { expected: 350, drawn: 340 } } }
  const lines = planTable(of).map((line) => line.split(/ {2,}/))
  expect(lines[0]?.slice(0, 7)).toEqual([
    'stream',
    'channel',
    'day factor',
    'expected',
    'drawn',
    'of stream',
    'of operations',
  ])
  expect(lines[1]?.slice(0, 6)).toEqual(['web', 'web', '× 1', '200.0', '200', '42.9 %'])
  expect(lines[2]?.slice(1)).toEqual(['book', '150.0', '140', '75.0 %', '42.9 %'])
  // A cancellation on the web is no operation.
  expect(lines[3]?.slice(1)).toEqual(['cancel', '50.0', '60', '25.0 %'])
  expect(lines[4]?.slice(0, 6)).toEqual(['desk', 'counter', '× 1', '200.0', '200', '57.1 %'])
})
