import { z } from 'zod'
import { journeyOutcomes, stepOutcomes } from '../model/outcome.ts'
import { phaseSchema } from '../model/phase.ts'
import { Histogram } from './histogram.ts'

const place = {
  phase: phaseSchema.shape.name,
  atMs: z.number().describe('start of the time bin'),
  stream: z.string(),
}
const step = { ...place, journey: z.string(), step: z.string(), outcome: z.enum(stepOutcomes) }
const histogram = z.array(z.number().int()).transform(Histogram.parse)

/**
 * One line of `cells.ndjson`. Lines are deltas: equal keys add up. Whatever a step does belongs to the phase and bin in
 * which it was *sent*; whatever is said of a row (from due, lag, wait, outcome) belongs to the phase in which it was *due*,
 * so that a row the system kept waiting beyond a phase still counts there.
 */
export const cellSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('step'), ...step, fromSent: histogram }),
  z.strictObject({ kind: z.literal('first'), ...step, fromDue: histogram }).describe('first steps; bin of the due time'),
  z
    .strictObject({ kind: z.literal('row'), ...place, timerLag: histogram, workerWait: histogram })
    .describe('rows started; bin of the start'),
  z
    .strictObject({ kind: z.literal('end'), ...place, journey: z.string(), outcome: z.enum(journeyOutcomes), count: z.number().int() })
    .describe('journeys ended; bin of the end'),
])
export type Cell = z.output<typeof cellSchema>
type Kind = Cell['kind']
type CellOf<K extends Kind> = Extract<Cell, { kind: K }>

/** Cells not yet written. `cell` finds or makes the one with a key; `drain` hands them over and forgets them. */
export class CellStore {
  readonly #cells = new Map<string, Cell>()

  get size(): number {
    return this.#cells.size
  }

  cell<K extends Kind>(kind: K, key: string, make: () => CellOf<K>): CellOf<K> {
    const fullKey = `${kind}|${key}`
    const found = this.#cells.get(fullKey)
    if (isKind(found, kind)) return found
    const made = make()
    this.#cells.set(fullKey, made)
    return made
  }

  drain(): readonly Cell[] {
    const all = [...this.#cells.values()]
    this.#cells.clear()
    return all
  }
}

const isKind = <K extends Kind>(cell: Cell | undefined, kind: K): cell is CellOf<K> => cell?.kind === kind
