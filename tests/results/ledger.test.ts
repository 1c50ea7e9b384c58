import { describe, expect, it } from 'vitest'
import type { WriteKind, WriteState } from '../../model/outcome.ts'
import { foldLedger, type RowWrites } from '../../results/ledger.ts'

type Step = 'end' | readonly [WriteKind, WriteState, string]

async function* ledgerLines(rows: Record<number, readonly Step[]>): AsyncGenerator<string> {
  for (const [row, steps] of Object.entries(rows)) {
    const of = { stream: 'web', row: Number(row) }
    yield JSON.stringify({ kind: 'row', ...of, dueMs: 0, takenMs: 0, startedMs: 0 })
    for (const [atMs, step] of steps.entries()) {
      if (step === 'end') yield JSON.stringify({ kind: 'end', ...of, journey: 'book', outcome: 'done', endedMs: atMs })
      else {
        const [write, state, slot] = step
        yield JSON.stringify({
          kind: 'write',
          write,
          state,
          ...of,
          atMs,
          identifier: `i${row}`,
          patient: `p${row}`,
          slot,
        })
      }
    }
  }
}

const fold = async (rows: Record<number, readonly Step[]>): Promise<RowWrites[]> => {
  const folded: RowWrites[] = []
  for await (const row of foldLedger(ledgerLines(rows))) folded.push(row)
  return folded
}

const statesOf = async (...steps: readonly Step[]) =>
  (await fold({ 1: steps }))[0]?.writes.map(({ kind, slot, state }) => `${kind} ${slot} ${state}`)

describe('foldLedger', () => {
  it('keeps the last of what is known of each write, and every attempt by its slot', async () => {
    const steps: Step[] = [
      ['hold', 'intended', 'a'],
      ['hold', 'refused', 'a'],
      ['hold', 'intended', 'b'],
      ['hold', 'acknowledged', 'b'],
      ['book', 'intended', 'b'],
      ['book', 'acknowledged', 'b'],
    ]
    expect(await statesOf(...steps, 'end')).toEqual(['hold a refused', 'hold b acknowledged', 'book b acknowledged'])
  })

  it('calls an intention without an answer unknown', async () => {
    expect(await statesOf(['book', 'intended', 'a'])).toEqual(['book a unknown'])
  })

  it('lets a later look turn an unknown write into an acknowledged one', async () => {
    expect(await statesOf(['hold', 'intended', 'a'], ['hold', 'unknown', 'a'], ['hold', 'acknowledged', 'a'])).toEqual([
      'hold a acknowledged',
    ])
  })

  it('does not take the refusal of a repetition for the answer to the first attempt', async () => {
    const first: Step[] = [
      ['book', 'intended', 'a'],
      ['book', 'unknown', 'a'],
    ]
    expect(await statesOf(...first, ['book', 'intended', 'a'], ['book', 'refused', 'a'])).toEqual(['book a unknown'])
    expect(await statesOf(['book', 'intended', 'a'], ['book', 'intended', 'a'], ['book', 'refused', 'a'])).toEqual([
      'book a unknown',
    ])
  })

  it('never takes an acknowledgement back', async () => {
    expect(await statesOf(['book', 'acknowledged', 'a'], ['book', 'intended', 'a'], ['book', 'refused', 'a'])).toEqual([
      'book a acknowledged',
    ])
  })

  it('yields rows as they end, those that never ended last, and none without a write', async () => {
    const write: Step = ['accept', 'intended', '']
    const rows = await fold({ 1: [write], 2: [write, 'end'], 3: ['end'] })
    expect(rows.map(({ row }) => row)).toEqual([2, 1])
  })
})
