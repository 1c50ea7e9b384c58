import type { Finding } from '../model/run-record.ts'
import type { FinalWrite, RowWrites } from './ledger.ts'
import { type Stored, type StoredAppointment, slotsOf } from './read-back.ts'

/** What the target's state says of a row's writes. */
export interface RowJudgement {
  readonly findings: readonly Finding[]
  readonly unknownLanded: number
  readonly unknownAbsent: number
  /** A hold that was never booked and is still there; tells of the hold's expiry, breaks no promise. */
  readonly leaked: number
}

type Suspicion = Pick<Finding, 'kind' | 'expected'>

const bookedStatuses: readonly string[] = ['booked', 'arrived', 'checked-in', 'fulfilled']
const acceptedStatuses: readonly string[] = ['arrived', 'checked-in', 'fulfilled']
const isActive = ({ status }: StoredAppointment): boolean => status === 'pending' || bookedStatuses.includes(status)
const isBooked = ({ status }: StoredAppointment): boolean => bookedStatuses.includes(status)
const isAccepted = ({ status }: StoredAppointment): boolean => acceptedStatuses.includes(status)

/**
 * Compares a row's writes with what is stored. One finding at most for the booking and one for the acceptance, the gravest:
 *
 * | what was said | what is stored | finding |
 * |---|---|---|
 * | any | one identifier on several active appointments | duplicated |
 * | book acknowledged | slot busy, no booked appointment in it | half |
 * | book or accept acknowledged | no trace of the write (absent, or still as it was before) | lost |
 * | book or accept acknowledged, any that landed | other patient or slot | corrupted |
 * | booked | slot not busy, and not sold twice | half |
 * | hold acknowledged, anything unknown | slot busy and nobody booked in it (unknown: also tentative and nobody at all) | half |
 * | refused | there nevertheless, in the slot it asked for | corrupted |
 * | only held | booked as it was held, the slot busy: its last samples died with k6 | none |
 *
 * An acknowledged hold may be pending, cancelled or gone, its slot tentative or free: holds expire. Of several attempts of
 * a row the one that got furthest is judged. Besides, one `double-booked` finding for each of its slots with active
 * appointments of several identifiers.
 */
export const classify = (row: RowWrites, stored: Stored): RowJudgement => {
  const decisive = [decisiveBooking(row.writes), row.writes.findLast(({ kind }) => kind === 'accept')]
  const own = decisive.flatMap((write) => {
    const suspicion = write && suspect(write, row, stored)
    return suspicion ? [findingOf(row, write, { ...suspicion, found: describe(write, stored) })] : []
  })
  const unknown = row.writes.filter(({ state }) => state === 'unknown')
  const unknownLanded = unknown.filter((write) => hasLanded(write, stored)).length
  return {
    findings: [...own, ...doubleBooked(row, stored)],
    unknownLanded,
    unknownAbsent: unknown.length - unknownLanded,
    leaked: decisive.some((write) => write && write.kind !== 'accept' && mine(write, stored).some(isPending)) ? 1 : 0,
  }
}

const decisiveBooking = (writes: readonly FinalWrite[]): FinalWrite | undefined => {
  const last = (kind: FinalWrite['kind'], state: FinalWrite['state']) =>
    writes.findLast((write) => write.kind === kind && write.state === state)
  return (
    last('book', 'acknowledged') ??
    last('book', 'unknown') ??
    last('hold', 'acknowledged') ??
    last('hold', 'unknown') ??
    last('book', 'refused') ??
    last('hold', 'refused')
  )
}

const suspect = (write: FinalWrite, row: RowWrites, stored: Stored): Suspicion | undefined => {
  const active = mine(write, stored)
  if (active.length > 1) return { kind: 'duplicated', expected: 'one appointment with this identifier' }
  const [appointment] = active
  if (write.state === 'refused') return suspectRefused(write, appointment)
  switch (write.kind) {
    case 'book':
      return suspectBooking(write, appointment, stored)
    case 'hold':
      return suspectHold(write, appointment, { stored, wasRefused: row.writes.some(({ kind }) => kind === 'book') })
    case 'accept':
      return suspectAcceptance(write, appointment)
  }
}

const suspectRefused = (write: FinalWrite, appointment: StoredAppointment | undefined): Suspicion | undefined => {
  if (!appointment) return undefined
  const isThere = { book: isBooked, hold: isActive, accept: isAccepted }[write.kind](appointment)
  const isOfThisWrite = write.slot === '' || appointment.slots.includes(write.slot)
  return isThere && isOfThisWrite ? { kind: 'corrupted', expected: `no effect of a refused ${write.kind}` } : undefined
}

const suspectBooking = (
  write: FinalWrite,
  appointment: StoredAppointment | undefined,
  stored: Stored,
): Suspicion | undefined => {
  const expected = `booked for Patient/${write.patient} in Slot/${write.slot}, the slot busy`
  if (!appointment || !isBooked(appointment)) {
    if (isTakenByNobody(write, stored)) return { kind: 'half', expected }
    return write.state === 'acknowledged' ? { kind: 'lost', expected } : undefined
  }
  if (!isFaithful(write, appointment)) return { kind: 'corrupted', expected }
  // A slot sold twice shows the state of the last sale: that is one finding, and not half a booking besides.
  const isShared = identifiersIn(write.slot, stored).length > 1
  return isBusy(write, stored) || isShared ? undefined : { kind: 'half', expected }
}

const suspectHold = (
  write: FinalWrite,
  appointment: StoredAppointment | undefined,
  { stored, wasRefused }: { readonly stored: Stored; readonly wasRefused: boolean },
): Suspicion | undefined => {
  const expected = `pending for Patient/${write.patient} in Slot/${write.slot}, or gone and the slot free`
  if (appointment && isBooked(appointment) && wasRefused) {
    return { kind: 'corrupted', expected: 'no effect of a refused book' }
  }
  if (appointment && !isFaithful(write, appointment)) return { kind: 'corrupted', expected }
  // A load generator that is killed takes its last words with it: the booking is ours, and it was never told.
  if (appointment && isBooked(appointment)) return isBusy(write, stored) ? undefined : { kind: 'half', expected }
  const isHalf = isTakenByNobody(write, stored) || (write.state === 'unknown' && isHeldByNobody(write, stored))
  return isHalf ? { kind: 'half', expected } : undefined
}

const suspectAcceptance = (write: FinalWrite, appointment: StoredAppointment | undefined): Suspicion | undefined => {
  const expected = `arrived, of Patient/${write.patient}`
  if (appointment && isAccepted(appointment)) {
    return isFaithful(write, appointment) ? undefined : { kind: 'corrupted', expected }
  }
  if (write.state === 'acknowledged') return { kind: 'lost', expected }
  return appointment ? undefined : { kind: 'corrupted', expected: `booked or ${expected}` }
}

const isFaithful = (write: FinalWrite, { patient, slots }: StoredAppointment): boolean =>
  patient === write.patient && (write.slot === '' || (slots.length === 1 && slots[0] === write.slot))

const mine = ({ identifier }: FinalWrite, stored: Stored): readonly StoredAppointment[] =>
  stored.appointments.filter((appointment) => appointment.identifier === identifier && isActive(appointment))

const inSlot = (slot: string, stored: Stored): readonly StoredAppointment[] =>
  stored.appointments.filter((appointment) => appointment.slots.includes(slot) && isActive(appointment))

const identifiersIn = (slot: string, stored: Stored): readonly string[] =>
  [...new Set(inSlot(slot, stored).map(({ identifier }) => identifier))].sort()

const isPending = ({ status }: StoredAppointment): boolean => status === 'pending'

const isBusy = ({ slot }: FinalWrite, { slotStatus }: Stored): boolean =>
  ['busy', 'busy-unavailable'].includes(slotStatus.get(slot) ?? '')

const isTentative = ({ slot }: FinalWrite, { slotStatus }: Stored): boolean => slotStatus.get(slot) === 'busy-tentative'

const isTakenByNobody = (write: FinalWrite, stored: Stored): boolean =>
  isBusy(write, stored) && !inSlot(write.slot, stored).some(isBooked)

const isHeldByNobody = (write: FinalWrite, stored: Stored): boolean =>
  isTentative(write, stored) && inSlot(write.slot, stored).length === 0

const hasLanded = (write: FinalWrite, stored: Stored): boolean => {
  const isEffect = { book: isBooked, hold: isActive, accept: isAccepted }[write.kind]
  return mine(write, stored).some(
    (appointment) => isEffect(appointment) && (write.slot === '' || appointment.slots.includes(write.slot)),
  )
}

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

/** What is stored of a write, in words: its appointments whatever their status, and its slot. */
const describe = (write: FinalWrite, stored: Stored): string => {
  const appointments = stored.appointments
    .filter(({ identifier }) => identifier === write.identifier)
    .map(
      ({ id, status, patient, slots }) =>
        `Appointment/${id} ${status} for Patient/${patient} in Slot/${slots.join(', Slot/')}`,
    )
  const slot = write.slot === '' ? '' : `, the slot ${stored.slotStatus.get(write.slot) ?? 'absent'}`
  return `${appointments.length === 0 ? 'no appointment' : appointments.join(' and ')}${slot}`
}
