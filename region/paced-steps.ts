/** How long a person takes between two steps. */
export type ThinkTime =
  | { readonly kind: 'none' }
  | { readonly kind: 'log-normal'; readonly medianMs: number; readonly sigma: number }
  | { readonly kind: 'exponential'; readonly meanMs: number; readonly capMs: number }

/** One step of a journey, and the think time that follows it. */
export interface PacedStep {
  readonly step: string
  readonly thinkAfter: ThinkTime
}

/** One of the ways in which a journey goes; a row draws one in proportion to the weights. */
export interface Way {
  readonly weight: number
  readonly steps: readonly PacedStep[]
}

/** Of people at work. */
const staff = (medianS: number): ThinkTime => ({ kind: 'log-normal', medianMs: medianS * 1000, sigma: 0.4 })
/** Nobody waits. */
export const none: ThinkTime = { kind: 'none' }

/** Steps of people at work, each with the median of the pause after it in seconds. */
export const worked = (...steps: readonly (readonly [string, number])[]): readonly PacedStep[] =>
  steps.map(([step, medianS]) => ({ step, thinkAfter: staff(medianS) }))

/** Steps with the same pause after each but the last, where nobody waits any more. */
export const evenly = (thinkAfter: ThinkTime, ...steps: readonly string[]): readonly PacedStep[] =>
  steps.map((step, index) => ({ step, thinkAfter: index === steps.length - 1 ? none : thinkAfter }))

/** A journey that always goes one way. */
export const only = (steps: readonly PacedStep[]): readonly Way[] => [{ weight: 1, steps }]
