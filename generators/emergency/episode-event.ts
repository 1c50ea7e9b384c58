/** Something that is entered into the system of an emergency department: `order.2` is the second order. */
export interface EpisodeEvent {
  readonly name: string
  readonly kind: 'register' | 'triage' | 'visit' | 'order' | 'result' | 'report' | 'close' | 'take-over' | 'leave'
  /** Since the arrival. */
  readonly afterMs: number
  /** Services of an order and of its result; 0 of the others. */
  readonly services: number
}

/** At so long after the arrival. */
export const event = (kind: EpisodeEvent['kind'], afterMs: number): EpisodeEvent => ({
  name: kind,
  kind,
  afterMs,
  services: 0,
})
