/** Faults of the twin's own logic that a run must find, by name; switched on with `--defect NAME=SHARE`. */
export const defectKinds = {
  'double-booking': 'a search offers a slot that is already sold, and the server sells it again',
  'lost-ack': 'a booking is confirmed to the client and then not kept',
  'wrong-patient': 'a booking is stored under another patient',
  'half-booking': 'the slot is taken, the appointment is not stored',
  'late-visibility': 'a booking is not found by its identifier for a minute after it was confirmed',
  'leaky-hold': 'a hold that is given back goes, and its slot stays held',
  'lost-cancel': 'a cancellation is confirmed to the client, and the booking stays',
  'double-take-charge': 'a prescription that a desk has taken in charge can be taken by another',
  'lost-order': 'an order of an emergency department is confirmed to the client and then not kept',
  'duplicate-encounter': 'an access to an emergency department, or the stay after it, is registered twice',
  'out-of-order-result': 'a final report is confirmed, and a preliminary one is kept in its place',
  'report-leak': 'a list of a citizen’s documents holds one of another citizen',
  'corrupt-pixels': 'one bit in the pixels of an image is stored wrong',
  'lost-instance': 'an image of a study is confirmed to the client and then not kept',
  'open-door': 'a request without a valid token is answered all the same',
  'slow-search': 'a FHIR search is answered two seconds late',
  'no-timeout':
    'recup waits for the systems that it asks for ever, a few requests at a time: one that hangs holds up all that needs another system',
  'retry-storm': 'recup asks a system that fails, or is slow, again at once, eight times more',
  'slow-recovery':
    'for 90 seconds after its process was started again, or after a system that it asks was away, a system answers ten seconds late',
  'lost-on-crash': 'a write is confirmed up to two seconds before it is on the disk, and a crash loses it',
  'stale-health': 'the balancer takes no replica out, whatever its health checks and its requests say',
} as const
export type DefectKind = keyof typeof defectKinds

/** Defects that show only when something else breaks: a run without faults passes with them. */
export const dormantDefects = [
  'no-timeout',
  'retry-storm',
  'slow-recovery',
  'lost-on-crash',
  'stale-health',
] as const satisfies readonly DefectKind[]

export type DormantDefect = (typeof dormantDefects)[number]

/** A defect and the share (0..1) of the operations it spoils. */
export interface Defect {
  readonly kind: DefectKind
  readonly shareRatio: number
}
