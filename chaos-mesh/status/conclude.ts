import { type Observed, recordsOf, type TargetRecord } from './observed.ts'

/** One target and what was said of it last. */
export interface TargetState {
  /** `namespace/pod`, or `namespace/pod/container`. */
  readonly id: string
  readonly phase: string
  /** The last message of a failure of what is awaited of it, injection or recovery; absent when that did not fail, or nobody said why. */
  readonly message?: string
}

/**
 * What an object says of its experiment. `pending`: the controller has not begun; `selecting`: no target yet; `applying`: not every target is hit
 * yet; `injected`; `done`: it happened and has no end (one-shot); `paused`: recovered, and will begin again; `recovering`: it is to end, and these
 * targets have not; `recovered`; `never-injected`: it is over, and nothing was hit; `vanished`: gone before its recovery was seen.
 */
export type Conclusion =
  | { readonly kind: 'pending' }
  | { readonly kind: 'selecting' }
  | { readonly kind: 'applying'; readonly missing: readonly TargetState[] }
  | { readonly kind: 'injected' }
  | { readonly kind: 'done' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'recovering'; readonly missing: readonly TargetState[] }
  | { readonly kind: 'recovered' }
  | { readonly kind: 'never-injected'; readonly missing: readonly TargetState[] }
  | { readonly kind: 'vanished'; readonly missing: readonly TargetState[] }

/** Set to `true` it recovers the experiment and keeps it so. */
export const pauseAnnotation = 'experiment.chaos-mesh.org/pause'

type Event = NonNullable<TargetRecord['events']>[number]

/** Why it is not injected; what failed before it was is over. */
const applyFailure = (events: readonly Event[]): Event | undefined => {
  const last = events.findLast(({ operation }) => operation === 'Apply')
  return last?.type === 'Failed' ? last : undefined
}

const recoverFailure = (events: readonly Event[]): Event | undefined =>
  events.findLast(({ operation, type }) => operation === 'Recover' && type === 'Failed')

const stateOf = ({ id, phase }: TargetRecord, failure: Event | undefined): TargetState => ({
  id,
  phase,
  ...(failure?.message !== undefined && { message: failure.message }),
})

const applying = (record: TargetRecord): TargetState => stateOf(record, applyFailure(record.events ?? []))

/** What was never injected wholly is held by that. */
const recovering = (record: TargetRecord): TargetState => {
  const events = record.events ?? []
  return stateOf(record, recoverFailure(events) ?? applyFailure(events))
}

/** Half applied or half recovered is neither: its phase has a suffix then. */
const isAtRest = ({ phase, injectedCount, recoveredCount }: TargetRecord): boolean =>
  phase === 'Not Injected' && injectedCount === recoveredCount

const isHit = ({ injectedCount }: TargetRecord): boolean => injectedCount > 0

/**
 * Judges one state of an object by the records of its targets alone: conditions are set late, never on a deletion, and AllRecovered is true of what
 * was never injected. `isGone`: the object does not exist any more, and this is what was seen of it last.
 */
export const conclude = (object: Observed, isGone = false): Conclusion => {
  const records = recordsOf(object)
  if (isOneShot(object) && records.length > 0 && records.every(isHit)) return { kind: 'done' }
  if (isGone) return concludeGone(object)
  const desiredPhase = object.status?.experiment?.desiredPhase
  const isDeleted = object.metadata.deletionTimestamp !== undefined
  if (desiredPhase === 'Stop') {
    return isPaused(object) && records.every(isAtRest) ? { kind: 'paused' } : concludeEnding(records)
  }
  // The controller has not read of the deletion yet, and may still be injecting.
  if (isDeleted) return { kind: 'recovering', missing: records.map(recovering) }
  return desiredPhase === undefined ? { kind: 'pending' } : concludeRunning(records)
}

/** Whether it happens once, and has no end. */
const isOneShot = ({ kind, spec }: Observed): boolean =>
  kind === 'PodChaos' && (spec.action === 'pod-kill' || spec.action === 'container-kill')

/** Until the controller has read of the resumption, only its condition tells that it is not the end. */
const isPaused = ({ metadata, status }: Observed): boolean => {
  const isSaid = status?.conditions?.some((condition) => condition.type === 'Paused' && condition.status === 'True')
  const isAsked = metadata.annotations?.[pauseAnnotation] === 'true'
  return metadata.deletionTimestamp === undefined && (isAsked || isSaid === true)
}

const concludeRunning = (records: readonly TargetRecord[]): Conclusion => {
  if (records.length === 0) return { kind: 'selecting' }
  const missing = records.filter(({ phase }) => phase !== 'Injected')
  return missing.length === 0 ? { kind: 'injected' } : { kind: 'applying', missing: missing.map(applying) }
}

const concludeEnding = (records: readonly TargetRecord[]): Conclusion => {
  const missing = records.filter((record) => !isAtRest(record))
  if (missing.length > 0) return { kind: 'recovering', missing: missing.map(recovering) }
  return records.some(isHit) ? { kind: 'recovered' } : { kind: 'never-injected', missing: records.map(applying) }
}

/** What was to go on when it was seen last may have gone on. */
const concludeGone = (object: Observed): Conclusion => {
  const records = recordsOf(object)
  const hasBegun = (object.metadata.finalizers ?? []).length > 0
  if (!hasBegun && records.length === 0) return { kind: 'never-injected', missing: [] }
  const isEnding = object.status?.experiment?.desiredPhase === 'Stop' && !isPaused(object)
  const ending = concludeEnding(records)
  return isEnding && ending.kind !== 'recovering' ? ending : { kind: 'vanished', missing: records.map(recovering) }
}
