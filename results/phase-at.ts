import type { Phase } from '../model/phase.ts'

/** Index of the phase that holds an instant of the run's clock; before the first it is the first, after the last the last. */
export const phaseIndexAt = (phases: readonly Phase[], atMs: number): number => {
  const index = phases.findIndex((phase) => atMs < phase.toMs)
  return index === -1 ? phases.length - 1 : index
}
