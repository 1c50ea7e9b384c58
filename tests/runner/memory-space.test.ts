import { expect, test } from 'vitest'
import { mustFitInMemory } from '../../runner/memory-space.ts'
import { plan } from '../results/fixture.ts'

test('a plan whose actors fit beside the systems may run', () => {
  expect(mustFitInMemory(plan(), true, 1_512_000_000)).toBeUndefined()
  // Systems that run elsewhere need nothing here.
  expect(mustFitInMemory(plan(), false, 512_000_000)).toBeUndefined()
})

test('a plan whose actors would take the rest of the memory is refused with both figures', () => {
  expect(() => mustFitInMemory(plan(), true, 1_511_000_000)).toThrow(
    'expected 0.01 GB of memory for 40 actors, got 0.01 GB beside what else runs here',
  )
  const streams = plan().streams.map((stream) => ({ ...stream, pool: 10_000, poolMemoryBytes: 8e9 }))
  expect(() => mustFitInMemory({ streams }, true, 6e9)).toThrow(
    'expected 16.00 GB of memory for 20000 actors, got 4.50 GB beside what else runs here',
  )
})
