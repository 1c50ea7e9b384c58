import { type Case, inSlot, judges, other, target } from './judged-cases.ts'

const moved = { kind: 'move', slot: 's2', fromSlot: 's1' } as const
const moves: readonly Case[] = [
  [
    'an appointment in its new slot, the old one free',
    target().slot('s2', 'busy').slot('s1', 'free').appointment('ns.web.1', inSlot('s2')),
    [moved],
    {},
  ],
  [
    'an old slot that somebody else has by now',
    target().slot('s2', 'busy').slot('s1', 'busy').appointment('ns.web.1', inSlot('s2')).appointment('x', other('s1')),
    [moved],
    {},
  ],
  [
    'an unknown move that never happened',
    target().slot('s2', 'free').slot('s1', 'busy').appointment('ns.web.1', inSlot('s1')),
    [{ ...moved, state: 'unknown' }],
    {},
  ],
  [
    'an appointment still in its old slot',
    target().slot('s2', 'free').slot('s1', 'busy').appointment('ns.web.1', inSlot('s1')),
    [moved],
    { lost: 1 },
  ],
  ['no appointment at all', target().slot('s2', 'free').slot('s1', 'free'), [moved], { lost: 1 }],
  [
    'an old slot that nobody can have',
    target().slot('s2', 'busy').slot('s1', 'busy').appointment('ns.web.1', inSlot('s2')),
    [moved],
    { half: 1 },
  ],
  [
    'a new slot that is still free',
    target().slot('s2', 'free').slot('s1', 'free').appointment('ns.web.1', inSlot('s2')),
    [moved],
    { half: 1 },
  ],
  [
    'an unknown move that took the new slot alone',
    target().slot('s2', 'busy').slot('s1', 'busy').appointment('ns.web.1', inSlot('s1')),
    [{ ...moved, state: 'unknown' }],
    { half: 1 },
  ],
  [
    'an appointment in a third slot',
    target().slot('s2', 'free').slot('s1', 'free').slot('s3', 'busy').appointment('ns.web.1', inSlot('s3')),
    [moved],
    { corrupted: 1 },
  ],
  [
    'a refused move that happened',
    target().slot('s2', 'busy').slot('s1', 'free').appointment('ns.web.1', inSlot('s2')),
    [{ ...moved, state: 'refused' }],
    { corrupted: 1 },
  ],
]

const cancelled = { kind: 'cancel', slot: 's1' } as const
const cancellations: readonly Case[] = [
  [
    'a cancelled appointment, its slot free',
    target().slot('s1', 'free').appointment('ns.web.1', inSlot('s1', 'cancelled')),
    [cancelled],
    {},
  ],
  [
    'a cancelled appointment whose slot was sold again',
    target().slot('s1', 'busy').appointment('ns.web.1', inSlot('s1', 'cancelled')).appointment('x', other('s1')),
    [cancelled],
    {},
  ],
  [
    'an unknown cancellation that never happened',
    target().slot('s1', 'busy').appointment('ns.web.1', inSlot('s1')),
    [{ ...cancelled, state: 'unknown' }],
    {},
  ],
  [
    'an appointment that is still booked',
    target().slot('s1', 'busy').appointment('ns.web.1', inSlot('s1')),
    [cancelled],
    { lost: 1 },
  ],
  [
    'a cancelled appointment whose slot nobody can have',
    target().slot('s1', 'busy').appointment('ns.web.1', inSlot('s1', 'cancelled')),
    [cancelled],
    { half: 1 },
  ],
  [
    'an unknown cancellation that freed the slot alone',
    target().slot('s1', 'free').appointment('ns.web.1', inSlot('s1')),
    [{ ...cancelled, state: 'unknown' }],
    { half: 1 },
  ],
  [
    'a refused cancellation that happened',
    target().slot('s1', 'free').appointment('ns.web.1', inSlot('s1', 'cancelled')),
    [{ ...cancelled, state: 'refused' }],
    { corrupted: 1 },
  ],
]

const taken = { kind: 'take-charge', identifier: 'ns.task.7', slot: '' } as const
const takings: readonly Case[] = [
  ['a prescription of this desk', target().task(7, 'accepted', 'ns.web.1'), [taken], {}],
  [
    'a prescription that another desk had first',
    target().task(7, 'accepted', 'ns.web.2'),
    [{ ...taken, state: 'refused' }],
    {},
  ],
  [
    'an unknown taking that another desk has',
    target().task(7, 'accepted', 'ns.web.2'),
    [{ ...taken, state: 'unknown' }],
    {},
  ],
  ['a prescription that another desk has too', target().task(7, 'accepted', 'ns.web.2'), [taken], { duplicated: 1 }],
  ['a prescription that nobody has', target().task(7, 'requested'), [taken], { lost: 1 }],
  ['no prescription at all', target(), [taken], { lost: 1 }],
  [
    'a refused taking that happened',
    target().task(7, 'accepted', 'ns.web.1'),
    [{ ...taken, state: 'refused' }],
    { corrupted: 1 },
  ],
]

const paid = { kind: 'pay', slot: '' } as const
const payments: readonly Case[] = [
  ['a balanced position', target().invoice('ns.web.1', 'balanced', 'p1'), [paid], {}],
  [
    'an unknown payment that never happened',
    target().invoice('ns.web.1', 'issued', 'p1'),
    [{ ...paid, state: 'unknown' }],
    {},
  ],
  ['a position that is still open', target().invoice('ns.web.1', 'issued', 'p1'), [paid], { lost: 1 }],
  ['no position at all', target(), [paid], { lost: 1 }],
  ['another patient’s', target().invoice('ns.web.1', 'balanced', 'p9'), [paid], { corrupted: 1 }],
  [
    'a ticket that was paid twice',
    target().invoice('ns.web.1', 'balanced', 'p1').invoice('ns.web.1', 'balanced', 'p1'),
    [paid],
    { duplicated: 1 },
  ],
]

const admitted = { kind: 'admit', slot: '' } as const
const admissions: readonly Case[] = [
  ['a patient who has arrived', target().appointment('ns.web.1', inSlot('', 'arrived')), [admitted], {}],
  ['an unknown admission that never happened', target(), [{ ...admitted, state: 'unknown' }], {}],
  ['nobody', target(), [admitted], { lost: 1 }],
  [
    'another patient',
    target().appointment('ns.web.1', { ...inSlot('', 'arrived'), patient: 'p9' }),
    [admitted],
    { corrupted: 1 },
  ],
]

judges([
  ['a move', moves],
  ['a cancellation', cancellations],
  ['a prescription taken in charge', takings],
  ['a payment', payments],
  ['an admission', admissions],
])
