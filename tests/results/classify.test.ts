import { describe, expect, it } from 'vitest'
import type { FinalWrite } from '../../results/ledger.ts'
import { FakeTarget } from './fake-target.ts'
import { booked, none, row, run } from './reconciliation.ts'

const mine = { patient: 'p1', slot: 's1' }
const other = { status: 'booked', patient: 'p9', slot: 's1' } as const

describe('what is stored of a write', () => {
  it.each<[string, FakeTarget, Partial<FinalWrite>[], Partial<Record<keyof typeof none, number>>]>([
    ['an acknowledged booking that is absent as lost', new FakeTarget().slot('s1', 'free'), [{}], { lost: 1 }],
    [
      'one that is still only held as lost',
      new FakeTarget().slot('s1', 'busy-tentative').appointment('ns.web.1', { ...mine, status: 'pending' }),
      [{}],
      { lost: 1 },
    ],
    [
      'one whose slot somebody else has as lost',
      new FakeTarget().slot('s1', 'busy').appointment('ns.web.9', other),
      [{}],
      { lost: 1 },
    ],
    ['a busy slot without its appointment as half', new FakeTarget().slot('s1', 'busy'), [{}], { half: 1 }],
    [
      'a busy slot whose appointment is still pending as half',
      new FakeTarget().slot('s1', 'busy').appointment('ns.web.1', { ...mine, status: 'pending' }),
      [{}],
      { half: 1 },
    ],
    [
      'a booking whose slot is free as half',
      new FakeTarget().slot('s1', 'free').appointment('ns.web.1', { ...mine, status: 'booked' }),
      [{}],
      { half: 1 },
    ],
    [
      'an identifier on two appointments as duplicated',
      booked(booked(new FakeTarget(), 1), 1),
      [{}],
      { duplicated: 1 },
    ],
    [
      'a slot with two patients as double-booked, once',
      booked(new FakeTarget(), 1).appointment('ns.web.9', other),
      [{}],
      { doubleBooked: 1 },
    ],
    [
      'a slot held again after it was sold as double-booked, and not as half besides',
      booked(new FakeTarget(), 1)
        .slot('s1', 'busy-tentative')
        .appointment('ns.web.9', { ...other, status: 'pending' }),
      [{}],
      { doubleBooked: 1 },
    ],
    [
      'another patient as corrupted',
      new FakeTarget().slot('s1', 'busy').appointment('ns.web.1', { ...other }),
      [{}],
      { corrupted: 1 },
    ],
    [
      'another slot as corrupted',
      new FakeTarget()
        .slot('s1', 'busy')
        .appointment('ns.web.1', { status: 'booked', patient: 'p1', slot: 's2' })
        .appointment('ns.web.9', other),
      [{}],
      { corrupted: 1 },
    ],
    [
      'a refused booking that is there as corrupted',
      booked(new FakeTarget(), 1),
      [{ kind: 'hold' }, { state: 'refused' }],
      { corrupted: 1 },
    ],
    [
      'a refused hold that is there as corrupted',
      new FakeTarget().appointment('ns.web.1', { ...mine, status: 'pending' }),
      [{ kind: 'hold', state: 'refused' }],
      { corrupted: 1 },
    ],
    [
      'an unknown booking that landed twice as duplicated',
      booked(booked(new FakeTarget(), 1), 1),
      [{ state: 'unknown' }],
      { duplicated: 1 },
    ],
    [
      'an unknown booking that landed by half as half',
      new FakeTarget().slot('s1', 'busy'),
      [{ state: 'unknown' }],
      { half: 1 },
    ],
    [
      'an unknown hold that landed by half as half',
      new FakeTarget().slot('s1', 'busy-tentative'),
      [{ kind: 'hold', state: 'unknown' }],
      { half: 1 },
    ],
    [
      'an acceptance that is still only booked as lost',
      booked(new FakeTarget(), 1),
      [{ kind: 'accept', slot: '' }],
      { lost: 1 },
    ],
    ['an acceptance without its appointment as lost', new FakeTarget(), [{ kind: 'accept', slot: '' }], { lost: 1 }],
    [
      'an acceptance of another patient as corrupted',
      new FakeTarget().appointment('ns.web.1', { ...other, status: 'arrived' }),
      [{ kind: 'accept', slot: '' }],
      { corrupted: 1 },
    ],
  ])('reports %s', async (_, target, ...[writes, expected]) => {
    const found = await run(target, [row(1, ...writes)])
    expect(found).toMatchObject({ ...none, ...expected, complete: true })
    expect(found.examples).toHaveLength(1)
  })

  it.each<[string, FakeTarget, Partial<FinalWrite>]>([
    ['a booking of which only the hold was told', booked(new FakeTarget(), 1), { kind: 'hold' }],
    [
      'a booking in another slot than the one that was refused',
      booked(new FakeTarget(), 1).slot('s0', 'busy'),
      { kind: 'hold', state: 'refused', slot: 's0' },
    ],
  ])('takes %s for sound', async (_, target, write) => {
    expect((await run(target, [row(1, write)])).examples).toEqual([])
  })

  it.each<[string, FakeTarget, Partial<FinalWrite>[], object]>([
    [
      'an arrived patient',
      new FakeTarget().slot('s1', 'busy').appointment('ns.web.1', { ...mine, status: 'arrived' }),
      [{}, { kind: 'accept', slot: '' }],
      {},
    ],
    [
      'a hold that is still pending',
      new FakeTarget().slot('s1', 'busy-tentative').appointment('ns.web.1', { ...mine, status: 'pending' }),
      [{ kind: 'hold' }],
      { held: 1 },
    ],
    [
      'a hold that expired',
      new FakeTarget().slot('s1', 'free').appointment('ns.web.1', { ...mine, status: 'cancelled' }),
      [{ kind: 'hold' }],
      { held: 0 },
    ],
    [
      'a hold that expired and was sold to somebody else',
      new FakeTarget().slot('s1', 'busy').appointment('ns.web.9', other),
      [{ kind: 'hold' }],
      {},
    ],
    [
      'a hold whose booking was refused',
      new FakeTarget().slot('s1', 'busy-tentative').appointment('ns.web.1', { ...mine, status: 'pending' }),
      [{ kind: 'hold' }, { state: 'refused' }],
      { held: 1 },
    ],
    [
      'a slot lost to somebody else',
      new FakeTarget().slot('s1', 'busy').appointment('ns.web.9', other),
      [{ kind: 'hold', state: 'refused' }],
      { refused: 1 },
    ],
    [
      'an unknown booking that landed',
      booked(new FakeTarget(), 1),
      [{ state: 'unknown' }],
      { unknown: { landed: 1, absent: 0 } },
    ],
    [
      'an unknown booking that never landed',
      new FakeTarget().slot('s1', 'free'),
      [{ state: 'unknown' }],
      { unknown: { landed: 0, absent: 1 } },
    ],
    [
      'a first hold that was refused before the one that counts',
      booked(new FakeTarget(), 1),
      [{ kind: 'hold', state: 'refused', slot: 's7' }, { kind: 'hold' }, {}],
      { refused: 1 },
    ],
  ])('accepts %s', async (_, target, ...[writes, counts]) => {
    expect(await run(target, [row(1, ...writes)])).toMatchObject({ ...none, ...counts, complete: true, examples: [] })
  })
})
