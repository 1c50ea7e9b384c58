import type { FinalWrite, RowWrites } from './ledger.ts'
import type { Stored, StoredAppointment } from './read-back.ts'

/** What the stored state of a write's appointment and slot means. */

const bookedStatuses: readonly string[] = ['booked', 'arrived', 'checked-in', 'fulfilled']
const acceptedStatuses: readonly string[] = ['arrived', 'checked-in', 'fulfilled']

export const isBooked = ({ status }: StoredAppointment): boolean => bookedStatuses.includes(status)
export const isAccepted = ({ status }: StoredAppointment): boolean => acceptedStatuses.includes(status)
export const isPending = ({ status }: StoredAppointment): boolean => status === 'pending'
export const isActive = (appointment: StoredAppointment): boolean => isPending(appointment) || isBooked(appointment)

/**
 * Of the write's patient, and in the slots that such writes of its row were about: one for each item of a prescription. A load
 * generator that dies takes its last words with it: of a write whose end is not known the last slots may be missing, and one
 * whose end was never told may have been refused, and others tried.
 */
export const isFaithful = (
  { write, row }: { readonly write: FinalWrite; readonly row: RowWrites },
  { patient, slots }: StoredAppointment,
): boolean => {
  if (patient !== write.patient) return false
  if (write.isUntold) return true
  const wanted = row.writes
    .filter(
      ({ kind, state, identifier }) => kind === write.kind && state !== 'refused' && identifier === write.identifier,
    )
    .map(({ slot }) => slot)
  const isComplete = write.state === 'unknown' || wanted.length === slots.length
  return write.slot === '' || (isComplete && wanted.every((slot) => slots.includes(slot)))
}

/** Active appointments with the write's identifier. */
export const mine = ({ identifier }: FinalWrite, stored: Stored): readonly StoredAppointment[] =>
  stored.appointments.filter((appointment) => appointment.identifier === identifier && isActive(appointment))

const inSlot = (slot: string, stored: Stored): readonly StoredAppointment[] =>
  stored.appointments.filter((appointment) => appointment.slots.includes(slot) && isActive(appointment))

/** Whose active appointments are in a slot. */
export const identifiersIn = (slot: string, stored: Stored): readonly string[] =>
  [...new Set(inSlot(slot, stored).map(({ identifier }) => identifier))].sort()

export const isBusy = (slot: string, { slotStatus }: Stored): boolean =>
  ['busy', 'busy-unavailable'].includes(slotStatus.get(slot) ?? '')

/** A busy slot in which nobody is booked: it can be sold to nobody. */
export const isTakenByNobody = (slot: string, stored: Stored): boolean =>
  isBusy(slot, stored) && !inSlot(slot, stored).some(isBooked)

/** A held slot without anybody's hold. */
export const isHeldByNobody = (slot: string, stored: Stored): boolean =>
  stored.slotStatus.get(slot) === 'busy-tentative' && inSlot(slot, stored).length === 0

/** A slot sold twice shows the state of the last sale: that is one finding, and not half a booking besides. */
export const isSoundlySold = (slot: string, stored: Stored): boolean =>
  isBusy(slot, stored) || identifiersIn(slot, stored).length > 1
