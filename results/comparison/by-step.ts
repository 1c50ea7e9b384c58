import type { StepBlocks } from './step-blocks.ts'

/** Names one step in one phase. */
export const stepKey = ({ journey, step, phase }: Omit<StepBlocks, 'blocks'>): string =>
  [journey, step, phase].join('|')

/** The blocks of each step, run by run; a step that a run never came to has fewer. */
export const byStep = (runs: readonly (readonly StepBlocks[])[]): ReadonlyMap<string, readonly StepBlocks[]> => {
  const steps = new Map<string, StepBlocks[]>()
  for (const one of runs.flat()) steps.set(stepKey(one), [...(steps.get(stepKey(one)) ?? []), one])
  return steps
}
