import type { WriteKind } from '../model/outcome.ts'
import type { Finding } from '../model/run-record.ts'
import { isOfImages } from './image-kinds.ts'
import type { FinalWrite, RowWrites } from './ledger.ts'
import { acceptance, admission } from './promises/acceptance.ts'
import { booking } from './promises/booking.ts'
import { cancellation } from './promises/cancellation.ts'
import { document } from './promises/document.ts'
import { close, event, result } from './promises/event.ts'
import { hold } from './promises/hold.ts'
import { images } from './promises/images.ts'
import { move } from './promises/move.ts'
import { payment } from './promises/payment.ts'
import type { Promised, Suspicion } from './promises/promise.ts'
import { release } from './promises/release.ts'
import { taking } from './promises/taking.ts'
import { begunVisit, endedVisit } from './promises/televisit.ts'
import { type Stored, slotsOf } from './read-back.ts'
import { isIdentified, keyOf } from './read-identified.ts'
import { identifiersIn, isPending, mine } from './stored-state.ts'

/** What the target's state says of a row's writes. */
export interface RowJudgement {
  readonly findings: readonly Finding[]
  readonly unknownLanded: number
  readonly unknownAbsent: number
  /** Holds that were neither booked nor given back and are still there; they have time to live, and break no promise. */
  readonly held: number
}

const promises: Readonly<Record<WriteKind, Promised>> = {
  hold,
  release,
  book: booking,
  move,
  cancel: cancellation,
  accept: acceptance,
  admit: admission,
  'take-charge': taking,
  pay: payment,
  register: event,
  triage: event,
  visit: event,
  order: event,
  result,
  report: event,
  close,
  'take-over': event,
  leave: close,
  publish: document,
  'begin-visit': begunVisit,
  'end-visit': endedVisit,
  measure: event,
  'store-images': images,
  'archive-images': images,
  'move-images': images,
}

/**
 * Compares a row's writes with what is stored. One finding at most for the booking under an identifier and one for each other
 * kind of write, the gravest:
 *
 * | what was said | what is stored | finding |
 * |---|---|---|
 * | any | one identifier on several active appointments; a prescription that another desk has too | duplicated |
 * | acknowledged | one half of it: a slot that is busy and nobody's, an appointment whose slot is not busy | half |
 * | acknowledged | no trace of it (absent, or still as it was before) | lost |
 * | acknowledged, or unknown and landed | of another patient, in another slot | corrupted |
 * | unknown | half of it; nothing at all and all of it are sound | half |
 * | refused | there nevertheless | corrupted |
 * | a hold given back | still held | leaked |
 * | only held | booked as it was held, the slot busy: its last samples died with k6 | none |
 * | acknowledged, not found when it had to be visible | whatever is stored now | late |
 * | shown to somebody | another's | disclosed |
 *
 * Of several attempts under an identifier the one that got furthest is judged. Besides, one `double-booked` finding for each
 * of its slots with active appointments of several identifiers.
 */
export const classify = (row: RowWrites, stored: Stored): RowJudgement => {
  const decisive = decisiveWrites(row.writes)
  const own = decisive.flatMap((slots) => {
    // However many slots it has, it is one booking that broke its promise.
    const [first] = slots.flatMap((write) => {
      const suspicion = suspect(write, row, stored)
      return suspicion ? [findingOf(row, write, { ...suspicion, found: describe(write, stored) })] : []
    })
    return first ?? []
  })
  const unknown = row.writes.filter(({ state }) => state === 'unknown')
  const unknownLanded = unknown.filter((write) => promises[write.kind].hasLanded({ write, row, stored })).length
  return {
    findings: [...own, ...late(row, own), ...doubleBooked(row, stored), ...disclosed(row)],
    unknownLanded,
    unknownAbsent: unknown.length - unknownLanded,
    held: decisive.filter(([write]) => write?.kind === 'hold' && mine(write, stored).some(isPending)).length,
  }
}

/** By identifier: the booking or hold that got furthest, one write for each of its slots, and the same of every other kind. */
const decisiveWrites = (writes: readonly FinalWrite[]): readonly (readonly FinalWrite[])[] =>
  [...new Set(writes.map(({ identifier }) => identifier))].flatMap((identifier) => {
    const own = writes.filter((write) => write.identifier === identifier)
    const others = [...new Set(own.map(({ kind }) => kind))].filter((kind) => kind !== 'book' && kind !== 'hold')
    return [furthest(own, bookingOrder), ...others.map((kind) => furthest(own, orderOf(kind)))]
  })

type Stage = readonly [WriteKind, FinalWrite['state']]

/** Furthest first. */
const bookingOrder: readonly Stage[] = [
  ['book', 'acknowledged'],
  ['book', 'unknown'],
  ['hold', 'acknowledged'],
  ['hold', 'unknown'],
  ['book', 'refused'],
  ['hold', 'refused'],
]

const orderOf = (kind: WriteKind): readonly Stage[] => [
  [kind, 'acknowledged'],
  [kind, 'unknown'],
  [kind, 'refused'],
]

/** The writes of the furthest stage that was reached; of refused attempts only the last. */
const furthest = (writes: readonly FinalWrite[], order: readonly Stage[]): readonly FinalWrite[] => {
  for (const [kind, state] of order) {
    const reached = writes.filter((write) => write.kind === kind && write.state === state)
    if (reached.length > 0) return state === 'refused' ? reached.slice(-1) : reached
  }
  return []
}

const suspect = (write: FinalWrite, row: RowWrites, stored: Stored): Suspicion | undefined => {
  if (mine(write, stored).length > 1) return { kind: 'duplicated', expected: 'one appointment with this identifier' }
  const promised = promises[write.kind]
  if (write.state !== 'refused') return promised.suspect({ write, row, stored })
  return !promised.mayBeDoneByOthers && promised.hasLanded({ write, row, stored })
    ? { kind: 'corrupted', expected: `no effect of a refused ${write.kind}` }
    : undefined
}

/** What is lost is not late besides. */
const late = (row: RowWrites, found: readonly Finding[]): readonly Finding[] =>
  row.writes
    .filter(({ isUnseen, identifier }) => isUnseen && !found.some((finding) => finding.identifier === identifier))
    .map((write) =>
      findingOf(row, write, {
        kind: 'late',
        expected: `visible to a search within the time that the target is given`,
        found: `acknowledged, and still not found when it was looked for at ${Math.round(write.atMs)} ms`,
      }),
    )

const disclosed = ({ stream, row, disclosures }: RowWrites): readonly Finding[] =>
  disclosures.map(({ patient, shown, owner }) => ({
    kind: 'disclosed',
    stream,
    row,
    identifier: shown,
    slot: '',
    expected: patient === '' ? 'nothing, to nobody' : `nothing but what is of Patient/${patient}`,
    found: `${shown} of ${owner}`,
  }))

const doubleBooked = (row: RowWrites, stored: Stored): readonly Finding[] =>
  [...new Set(slotsOf(row))].flatMap((slot) => {
    const identifiers = identifiersIn(slot, stored)
    if (identifiers.length < 2) return []
    const finding: Finding = {
      kind: 'double-booked',
      stream: row.stream,
      row: row.row,
      identifier: identifiers.join(' and '),
      slot,
      expected: 'one active appointment in the slot',
      found: `${identifiers.length} active appointments`,
    }
    return [finding]
  })

const findingOf = (row: RowWrites, write: FinalWrite, what: Pick<Finding, 'kind' | 'expected' | 'found'>): Finding => ({
  stream: row.stream,
  row: row.row,
  identifier: write.identifier,
  slot: write.slot,
  ...what,
})

/** What is stored of a write, in words: its appointments whatever their status, its slot, its task, its payment, its event. */
const describe = (write: FinalWrite, stored: Stored): string => {
  const task = stored.tasks.get(write.identifier)
  if (write.kind === 'take-charge')
    return task ? `Task ${task.status} by the desk ${task.owner || 'of nobody'}` : 'no task'
  if (write.kind === 'pay') return describePayments(write, stored)
  if (isIdentified(write.kind) || isOfImages(write.kind)) return describeIdentified(write, stored)
  const appointments = stored.appointments
    .filter(({ identifier }) => identifier === write.identifier)
    .map(
      ({ id, status, patient, slots }) =>
        `Appointment/${id} ${status} for Patient/${patient} in Slot/${slots.join(', Slot/')}`,
    )
  const slots = [write.slot, write.fromSlot ?? ''].filter((slot) => slot !== '')
  const states = slots.map((slot) => `, Slot/${slot} ${stored.slotStatus.get(slot) ?? 'absent'}`)
  return `${appointments.length === 0 ? 'no appointment' : appointments.join(' and ')}${states.join('')}`
}

/** How many, and the first: an order may have a dozen lines. */
const describeIdentified = (write: FinalWrite, { identified }: Stored): string => {
  const resources = identified.get(keyOf(write)) ?? []
  const first = resources.find(({ status }) => status === 'altered') ?? resources[0]
  return first ? `${resources.length}, as ${first.reference} ${first.status} of Patient/${first.patient}` : 'nothing'
}

const describePayments = ({ identifier }: FinalWrite, { payments }: Stored): string =>
  payments
    .filter((payment) => payment.identifier === identifier)
    .map(({ status, patient }) => `Invoice ${status} for Patient/${patient}`)
    .join(' and ') || 'no invoice'
