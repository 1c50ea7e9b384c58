import { expect, it } from 'vitest'
import type { FinalWrite } from '../../results/ledger.ts'
import { type Case, inSlot, judges, other, target } from './judged-cases.ts'
import { none, row, run } from './reconciliation.ts'

const moved = { kind: 'move', slot: 's2', fromSlot: 's1' } as const
const item = (slot: string, state: FinalWrite['state'] = 'acknowledged') => ({ kind: 'book', slot, state }) as const
const severalItems: readonly Case[] = [
  [
    'one slot for each item',
    target().slot('s1', 'busy').slot('s2', 'busy').appointment('ns.web.1', inSlot('s1,s2')),
    [item('s1'), item('s2')],
    {},
  ],
  [
    'slots that others had first, before the ones that count',
    target().slot('s1', 'busy').slot('s2', 'busy').appointment('ns.web.1', inSlot('s1,s2')),
    [item('s7', 'refused'), item('s8', 'refused'), item('s1'), item('s2')],
    {},
  ],
  [
    'slots of which the last words of a load generator say only one',
    target().slot('s1', 'busy').slot('s2', 'busy').appointment('ns.web.1', inSlot('s1,s2')),
    [item('s1', 'unknown')],
    {},
  ],
  ['nothing of both', target().slot('s1', 'free').slot('s2', 'free'), [item('s1'), item('s2')], { lost: 1 }],
  [
    'one slot too few',
    target().slot('s1', 'busy').slot('s2', 'busy').appointment('ns.web.1', inSlot('s1')),
    [item('s1'), item('s2')],
    { corrupted: 1 },
  ],
  [
    'a slot that is still free',
    target().slot('s1', 'busy').slot('s2', 'free').appointment('ns.web.1', inSlot('s1,s2')),
    [item('s1'), item('s2')],
    { half: 1 },
  ],
]

const held = { kind: 'hold' } as const
const released = { kind: 'release' } as const
const next = { identifier: 'ns.web.1.2', slot: 's2' } as const
const releases: readonly Case[] = [
  [
    'a slot that is free again',
    target().slot('s1', 'free').appointment('ns.web.1', inSlot('s1', 'cancelled')),
    [held, released],
    {},
  ],
  [
    'a slot that somebody else holds by now',
    target()
      .slot('s1', 'busy-tentative')
      .appointment('ns.web.1', inSlot('s1', 'cancelled'))
      .appointment('x', other('s1', 'pending')),
    [held, released],
    {},
  ],
  [
    'a second offer that was booked after the first was given back',
    target()
      .slot('s1', 'free')
      .appointment('ns.web.1', inSlot('s1', 'cancelled'))
      .slot('s2', 'busy')
      .appointment('ns.web.1.2', inSlot('s2')),
    [held, released, { ...next, kind: 'hold' }, { ...next, kind: 'book' }],
    {},
  ],
  [
    'a release that came too late, after a job had ended the hold',
    target().slot('s1', 'free').appointment('ns.web.1', inSlot('s1', 'cancelled')),
    [held, { ...released, state: 'refused' }],
    {},
  ],
  [
    'a slot that is held by nobody',
    target().slot('s1', 'busy-tentative').appointment('ns.web.1', inSlot('s1', 'cancelled')),
    [held, released],
    { leaked: 1 },
  ],
  [
    'a hold that is still there',
    target().slot('s1', 'busy-tentative').appointment('ns.web.1', inSlot('s1', 'pending')),
    [held, released],
    { leaked: 1 },
  ],
]

const halfHolds: readonly Case[] = [
  ['a slot that is held without its appointment', target().slot('s1', 'busy-tentative'), [held], { half: 1 }],
  [
    'a slot that is held without its appointment, which the booking found out',
    target().slot('s1', 'busy-tentative'),
    [held, { state: 'refused' }],
    { half: 1 },
  ],
  ['a hold that is gone, its slot free', target().slot('s1', 'free'), [held], {}],
]

const untold = { state: 'unknown', isUntold: true } as const
const lastWords: readonly Case[] = [
  [
    'a booking in another slot than the last attempt that was told of',
    target().slot('s1', 'busy').appointment('ns.web.1', inSlot('s9')).appointment('x', other('s1')),
    [untold],
    {},
  ],
  [
    'a move to another slot than the last attempt that was told of',
    target().slot('s2', 'busy').slot('s1', 'free').appointment('ns.web.1', inSlot('s9')).appointment('x', other('s2')),
    [{ ...moved, ...untold }],
    {},
  ],
  [
    'a booking of another patient',
    target()
      .slot('s1', 'busy')
      .appointment('ns.web.1', { ...inSlot('s1'), patient: 'p9' }),
    [untold],
    { corrupted: 1 },
  ],
]

judges([
  ['a booking of several items', severalItems],
  ['a hold', halfHolds],
  ['a hold given back', releases],
  ['a write whose answer died with the load generator', lastWords],
])

it('names a booking that was not visible in time, though it is there in the end', async () => {
  const stored = target().slot('s1', 'busy').appointment('ns.web.1', inSlot('s1'))
  const found = await run(stored, [row(1, { isUnseen: true })])
  expect(found).toMatchObject({ ...none, late: 1 })
  expect(found.examples).toMatchObject([{ kind: 'late', identifier: 'ns.web.1' }])
})

it('calls a booking that was never seen and is not there lost, and not late besides', async () => {
  const found = await run(target().slot('s1', 'free'), [row(1, { isUnseen: true })])
  expect(found).toMatchObject({ ...none, lost: 1 })
})
