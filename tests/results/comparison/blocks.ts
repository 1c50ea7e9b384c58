import { normal } from '../../../generators/distributions.ts'
import { type Rng, rngOf } from '../../../generators/rng.ts'
import { type Block, blocksPerPhase, type StepBlocks } from '../../../results/comparison/step-blocks.ts'
import { Histogram } from '../../../results/histogram.ts'

export interface Load {
  readonly seed: number
  readonly step?: string
  readonly perBlock?: number
  /** Geometric mean. */
  readonly latencyMs?: number
  /** Standard deviation of the logarithm of a latency; and of what a whole block has in common. */
  readonly spread?: number
  readonly blockSpread?: number
  /** Of all blocks: what one run has in common. */
  readonly runFactor?: number
  /** Half as much again in every other block, half as much in the rest. */
  readonly failedPerBlock?: number
  /** The same in every block. */
  readonly failedEvenly?: number
}

const block = (
  rng: Rng,
  index: number,
  { perBlock = 20, latencyMs = 40, spread = 0.3, blockSpread = 0.05, ...load }: Load,
): Block => {
  const answered = new Histogram()
  const shared = latencyMs * (load.runFactor ?? 1) * Math.exp(blockSpread * normal(rng))
  for (let request = 0; request < perBlock; request++) answered.record(shared * Math.exp(spread * normal(rng)))
  const failed = Math.round((load.failedPerBlock ?? 0) * (index % 2 === 0 ? 1.5 : 0.5)) + (load.failedEvenly ?? 0)
  return { answered, failed }
}

/** One step of a phase with log-normal latencies. */
export const stepBlocks = (load: Load): StepBlocks => {
  const rng = rngOf(load.seed)
  return {
    journey: 'book',
    step: load.step ?? 'search',
    phase: 'steady',
    blocks: Array.from({ length: blocksPerPhase }, (_, index) => block(rng, index, load)),
  }
}
