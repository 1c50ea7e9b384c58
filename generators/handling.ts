import type { StreamSpec } from '../model/scenario.ts'
import { paceOf } from '../region/pace.ts'
import type { PacedStep, ThinkTime } from '../region/paced-steps.ts'

/** Mean of a think time. */
const meanThinkMs = (think: ThinkTime): number => {
  switch (think.kind) {
    case 'none':
      return 0
    case 'log-normal':
      return think.medianMs * Math.exp(think.sigma ** 2 / 2)
    case 'exponential':
      return think.meanMs
  }
}

/** Mean over the rows of a stream of how long one keeps its actor when every step takes `stepMs`: Σ think times + steps × `stepMs`. */
export const meanHandlingMs = ({ mix, channel }: Pick<StreamSpec, 'mix' | 'channel'>, stepMs: number): number =>
  weightedMean(mix, ({ action }) =>
    weightedMean(paceOf(action, channel), ({ steps }: { readonly steps: readonly PacedStep[] }) =>
      steps.reduce((sum, { thinkAfter }) => sum + meanThinkMs(thinkAfter) + stepMs, 0),
    ),
  )

const weightedMean = <T extends { readonly weight: number }>(
  entries: readonly T[],
  value: (entry: T) => number,
): number =>
  entries.reduce((sum, entry) => sum + entry.weight * value(entry), 0) /
  entries.reduce((sum, { weight }) => sum + weight, 0)
