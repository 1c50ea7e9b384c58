import type { Phase } from '../../model/phase.ts'
import type { Cell } from '../cells.ts'
import { Histogram } from '../histogram.ts'
import { cellsOf, isAnswered } from '../read-cells.ts'
import { stepKey } from './by-step.ts'

/** What one step did in one stretch of a phase, by when it was sent. */
export interface Block {
  readonly answered: Histogram
  failed: number
}

/** One step in one phase, over time: of all streams, which ask the same of the same system, so that there is enough of it. */
export interface StepBlocks {
  readonly journey: string
  readonly step: string
  readonly phase: Phase['name']
  readonly blocks: readonly Block[]
}

/**
 * Stretches of a phase that are resampled: long enough that one says little of the next, many enough to show how they
 * differ. Twenty of a minute have three seconds, of a quarter of an hour 45.
 */
export const blocksPerPhase = 20

const isCompared = ({ name }: Phase): boolean => !['warm-up', 'relief', 'drain'].includes(name)

/** Reads the judged phases of a run folder in blocks. */
export const readStepBlocks = async (dir: string, phases: readonly Phase[]): Promise<readonly StepBlocks[]> => {
  const compared = phases.filter(isCompared)
  const steps = new Map<string, StepBlocks>()
  for await (const cell of cellsOf(dir)) {
    const phase = compared.find(({ name }) => name === cell.phase)
    if (phase && cell.kind === 'step') addCell(blocksOf(steps, phase, cell), phase, cell)
  }
  // In one order, so that a review of two files shows what moved.
  return [...steps].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, step]) => step)
}

type StepCell = Extract<Cell, { kind: 'step' }>

const addCell = (blocks: readonly Block[], { fromMs, toMs }: Phase, cell: StepCell): void => {
  const { atMs, outcome, fromSent } = cell
  const index = Math.floor(((atMs - fromMs) / (toMs - fromMs)) * blocksPerPhase)
  // A bin that the edge of a phase cuts begins before it.
  const block = blocks[Math.min(blocksPerPhase - 1, Math.max(0, index))]
  if (!block) return
  if (isAnswered(outcome)) block.answered.merge(fromSent)
  else block.failed += fromSent.count
}

const blocksOf = (steps: Map<string, StepBlocks>, { name: phase }: Phase, cell: StepCell): readonly Block[] => {
  const { journey, step } = cell
  const key = stepKey({ journey, step, phase })
  const found = steps.get(key)
  if (found) return found.blocks
  const blocks = Array.from({ length: blocksPerPhase }, () => ({ answered: new Histogram(), failed: 0 }))
  steps.set(key, { journey, step, phase, blocks })
  return blocks
}
