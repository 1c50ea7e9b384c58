import { join } from 'node:path'
import { z } from 'zod'
import { type WriteKind, type WriteState, writeKinds, writeStates } from '../model/outcome.ts'
import { readLines } from './read-lines.ts'

/** What is known in the end of one write: an attempt of a row, told apart by its kind, its identifier and its slot. */
export interface FinalWrite {
  readonly kind: WriteKind
  readonly state: Exclude<WriteState, 'intended' | 'unseen'>
  /** It was acknowledged, and not found when it had to be visible. */
  readonly isUnseen: boolean
  /** Its answer was never told: the load generator died, and what came after may not have been told either. */
  readonly isUntold: boolean
  /** When the last was heard of it, ms since T0. */
  readonly atMs: number
  readonly identifier: string
  readonly patient: string
  readonly slot: string
  /** Only on a move: the slot that it leaves. */
  readonly fromSlot?: string | undefined
  /** Only on an event of an episode, and on images: how many it writes. */
  readonly parts?: number | undefined
  /** Only on a document: SHA-1 of its bytes, in base64. */
  readonly digest?: string | undefined
}

/** All writes of one row, in the order in which they were first intended. */
export interface RowWrites {
  readonly stream: string
  readonly row: number
  readonly writes: readonly FinalWrite[]
  /** What its patient was shown of others. */
  readonly disclosures: readonly Disclosure[]
}

/** Something that is another's: what, and whose. */
export interface Disclosure {
  readonly patient: string
  readonly shown: string
  readonly owner: string
}

const of = { stream: z.string(), row: z.number().int() }
const lineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('row'), ...of }),
  z.object({ kind: z.literal('abandoned'), ...of }),
  z.object({ kind: z.literal('end'), ...of }),
  z.object({ kind: z.literal('disclosed'), ...of, patient: z.string(), shown: z.string(), owner: z.string() }),
  z.object({
    kind: z.literal('write'),
    ...of,
    write: z.enum(writeKinds),
    state: z.enum(writeStates),
    atMs: z.number(),
    identifier: z.string(),
    patient: z.string(),
    slot: z.string(),
    fromSlot: z.string().optional(),
    parts: z.number().int().optional(),
    digest: z.string().optional(),
  }),
])
type Line = z.infer<typeof lineSchema>
type WriteLine = Extract<Line, { kind: 'write' }>

/** Folds the `ledger.ndjson.gz` of a run folder into the final state of each row's writes. */
export const readLedger = (dir: string): AsyncGenerator<RowWrites> =>
  foldLedger(readLines(join(dir, 'ledger.ndjson.gz')))

/**
 * Yields a row's writes when the row ended, and those of rows that never ended last: in memory are only rows under way.
 * A write that was once acknowledged stays so; one that was ever without an answer is unknown until it is acknowledged,
 * whatever a repetition was told, since the first may have landed.
 */
export async function* foldLedger(lines: AsyncIterable<string>): AsyncGenerator<RowWrites> {
  const open = new Map<string, OpenRow>()
  for await (const text of lines) {
    const line = lineSchema.parse(JSON.parse(text))
    const key = `${line.stream}|${line.row}`
    const row = open.get(key)
    if (line.kind === 'write' || line.kind === 'disclosed') {
      const own = row ?? new OpenRow(line)
      open.set(key, own)
      if (line.kind === 'write') own.take(line)
      else own.show(line)
    } else if (line.kind === 'end' && row) {
      open.delete(key)
      yield row.final()
    }
  }
  for (const row of open.values()) yield row.final()
}

interface OpenWrite {
  readonly first: WriteLine
  isAcknowledged: boolean
  isUnknown: boolean
  isUnseen: boolean
  isAwaited: boolean
  atMs: number
}

class OpenRow {
  readonly #stream: string
  readonly #row: number
  readonly #writes = new Map<string, OpenWrite>()
  readonly #disclosures: Disclosure[] = []

  constructor({ stream, row }: { readonly stream: string; readonly row: number }) {
    this.#stream = stream
    this.#row = row
  }

  show({ patient, shown, owner }: Disclosure): void {
    this.#disclosures.push({ patient, shown, owner })
  }

  take(line: WriteLine): void {
    const key = `${line.write}|${line.identifier}|${line.slot}`
    const write = this.#writes.get(key) ?? {
      first: line,
      isAcknowledged: false,
      isUnknown: false,
      isUnseen: false,
      isAwaited: false,
      atMs: line.atMs,
    }
    this.#writes.set(key, write)
    write.isAcknowledged ||= line.state === 'acknowledged'
    write.isUnknown ||= line.state === 'unknown' || (line.state === 'intended' && write.isAwaited)
    write.isUnseen ||= line.state === 'unseen'
    write.isAwaited = line.state === 'intended'
    write.atMs = Math.max(write.atMs, line.atMs)
  }

  final(): RowWrites {
    return {
      stream: this.#stream,
      row: this.#row,
      writes: [...this.#writes.values()].map(finalWrite),
      disclosures: this.#disclosures,
    }
  }
}

const finalWrite = ({ first, isAcknowledged, isUnknown, isUnseen, isAwaited, atMs }: OpenWrite): FinalWrite => ({
  kind: first.write,
  state: isAcknowledged ? 'acknowledged' : isUnknown || isAwaited ? 'unknown' : 'refused',
  atMs,
  identifier: first.identifier,
  patient: first.patient,
  slot: first.slot,
  fromSlot: first.fromSlot,
  parts: first.parts,
  digest: first.digest,
  isUnseen,
  isUntold: isAwaited,
})
