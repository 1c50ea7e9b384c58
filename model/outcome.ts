/**
 * How a step ended.
 * `ok` done · `empty` answered, but nothing to choose from · `lost-race` somebody else took the slot first ·
 * `refused` the server said no for a business reason (4xx) · `throttled` 429 or 503 with Retry-After ·
 * `failed` 5xx or an answer that breaks the contract · `unreachable` no connection, or it broke · `timed-out` no answer in time.
 */
export const stepOutcomes = [
  'ok',
  'empty',
  'lost-race',
  'refused',
  'throttled',
  'failed',
  'unreachable',
  'timed-out',
] as const
export type StepOutcome = (typeof stepOutcomes)[number]

/** Step outcomes that count against a `failures` gate; the others are the system's business answers. */
export const failedOutcomes: readonly StepOutcome[] = ['throttled', 'failed', 'unreachable', 'timed-out']

/**
 * How a journey ended.
 * `done` its business was done · `no-offer` nothing free to book · `lost-race` every slot tried was taken by others ·
 * `refused` a business refusal ended it · `declined` the citizen chose to leave without a booking · `blocked` what it presupposes was missing · `failed` a technical failure ended it ·
 * `abandoned` the caller gave up before an operator was free, or was still waiting when the drain ended, so nothing was sent ·
 * `cut` still open when the drain ended (set by the collector, never by a journey).
 */
export const journeyOutcomes = [
  'done',
  'no-offer',
  'lost-race',
  'refused',
  'declined',
  'blocked',
  'failed',
  'abandoned',
  'cut',
] as const
export type JourneyOutcome = (typeof journeyOutcomes)[number]

/**
 * What is known of a write: it was going to be sent, the server confirmed it, refused it, or nobody knows; `unseen`: it was
 * confirmed, and not found when it had to be visible.
 */
export const writeStates = ['intended', 'acknowledged', 'refused', 'unknown', 'unseen'] as const
export type WriteState = (typeof writeStates)[number]

/**
 * Writes the ledger keeps. `hold`, `release` and `book` of a slot · `move` to another slot · `cancel` · `accept` of a booked
 * patient, `admit` of one without a booking · `take-charge` of a prescription · `pay` of a ticket · and what is entered about an
 * access to an emergency department, from `register` to `leave` · `publish` a document in the health record · `begin-visit` and `end-visit` of a televisit, `measure` at home ·
 * `store-images` in the image archive, `archive-images` in the one that is left behind, `move-images` from there.
 */
export const writeKinds = [
  'hold',
  'release',
  'book',
  'move',
  'cancel',
  'accept',
  'admit',
  'take-charge',
  'pay',
  'register',
  'triage',
  'visit',
  'order',
  'result',
  'report',
  'close',
  'take-over',
  'leave',
  'publish',
  'begin-visit',
  'end-visit',
  'measure',
  'store-images',
  'archive-images',
  'move-images',
] as const
export type WriteKind = (typeof writeKinds)[number]
