import { join } from 'node:path'
import { z } from 'zod'
import { erlangA } from '../generators/erlang-a.ts'
import { journeySteps, thinkAfterMs } from '../generators/think-times.ts'
import type { Phase } from '../model/phase.ts'
import type { Plan, PlannedStream } from '../model/plan.ts'
import type { CallCentreResult } from '../model/run-record.ts'
import type { Measured } from './read-cells.ts'
import { readLines } from './read-lines.ts'
import { readTimetable } from './read-timetable.ts'

/** Each stream whose rows are calls, in the steady phase: what was seen, beside what Erlang A expects of the same calls. */
export const callCentres = async (dir: string, plan: Plan, measured: Measured): Promise<CallCentreResult[]> => {
  const steady = plan.phases.find(({ name }) => name === 'steady')
  if (!steady) return []
  const results: CallCentreResult[] = []
  for (const stream of plan.streams) {
    if (stream.patienceMs === undefined) continue
    const calls = await readCalls(dir, stream, steady)
    results.push(resultOf({ ...stream, patienceMs: stream.patienceMs }, calls, { steady, measured }))
  }
  return results
}

/** Sums over the calls due in a phase; busy time over all of the stream's rows. */
interface Calls {
  answered: number
  abandoned: number
  waitMs: number
  thinkMs: number
  busyMs: number
}

const resultOf = (
  stream: PlannedStream & { readonly patienceMs: number },
  calls: Calls,
  { steady, measured }: { readonly steady: Phase; readonly measured: Measured },
): CallCentreResult => {
  const offered = calls.answered + calls.abandoned
  const lastsMs = steady.toMs - steady.fromMs
  const handlingMs = (calls.thinkMs + answeringMs(stream, measured)) / Math.max(1, calls.answered)
  return {
    stream: stream.name,
    phase: steady.name,
    operators: stream.pool,
    offered,
    answered: calls.answered,
    abandoned: calls.abandoned,
    handlingMs,
    patienceMs: stream.patienceMs,
    seen: {
      abandonedRatio: calls.abandoned / Math.max(1, offered),
      meanWaitMs: calls.waitMs / Math.max(1, offered),
      busyOperators: calls.busyMs / lastsMs,
    },
    expected: erlangA({
      arrivalsPerSecond: offered / (lastsMs / 1000),
      handlingMs,
      operators: stream.pool,
      patienceMs: stream.patienceMs,
    }),
  }
}

/** Time that operators spent looking at a screen that had not answered yet, in the steady phase. */
const answeringMs = ({ name }: PlannedStream, { steps }: Measured): number =>
  steps
    .filter(({ stream, phase }) => stream === name && phase === 'steady')
    .reduce((sum, { fromSent }) => sum + fromSent.sumMs, 0)

const lineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('row'),
    stream: z.string(),
    row: z.number(),
    dueMs: z.number(),
    takenMs: z.number(),
    startedMs: z.number(),
  }),
  z.object({
    kind: z.literal('abandoned'),
    stream: z.string(),
    row: z.number(),
    dueMs: z.number(),
    leftMs: z.number(),
  }),
  z.object({ kind: z.literal('end'), stream: z.string(), row: z.number(), endedMs: z.number() }),
  z.object({ kind: z.literal('write'), stream: z.string() }),
])

/** What a row of the timetable says of its call. */
interface PlannedCall {
  /** False for a journey that was already under way: its caller waits for nobody. */
  readonly isNew: boolean
  readonly thinkMs: number
  readonly wrapUpMs: number
}

const readCalls = async (dir: string, stream: PlannedStream, steady: Phase): Promise<Calls> => {
  const planned = await plannedCalls(dir, stream)
  const calls: Calls = { answered: 0, abandoned: 0, waitMs: 0, thinkMs: 0, busyMs: 0 }
  const startedMs = new Map<number, number>()
  const isCounted = (row: number, dueMs: number) =>
    planned[row]?.isNew === true && dueMs >= steady.fromMs && dueMs < steady.toMs
  for await (const text of readLines(join(dir, 'ledger.ndjson'))) {
    const line = lineSchema.parse(JSON.parse(text))
    if (line.stream !== stream.name) continue
    switch (line.kind) {
      case 'row':
        startedMs.set(line.row, line.startedMs)
        if (!isCounted(line.row, line.dueMs)) break
        calls.answered += 1
        calls.waitMs += Math.max(0, line.takenMs - line.dueMs)
        calls.thinkMs += planned[line.row]?.thinkMs ?? 0
        break
      case 'abandoned':
        if (!isCounted(line.row, line.dueMs)) break
        calls.abandoned += 1
        calls.waitMs += line.leftMs - line.dueMs
        break
      case 'end':
        calls.busyMs += overlapMs(
          steady,
          startedMs.get(line.row) ?? line.endedMs,
          line.endedMs + (planned[line.row]?.wrapUpMs ?? 0),
        )
        startedMs.delete(line.row)
        break
      case 'write':
    }
  }
  for (const atMs of startedMs.values()) calls.busyMs += overlapMs(steady, atMs, steady.toMs)
  return calls
}

const overlapMs = ({ fromMs, toMs }: Phase, startMs: number, endMs: number): number =>
  Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs))

const plannedCalls = async (dir: string, stream: PlannedStream): Promise<readonly PlannedCall[]> => {
  const steps = journeySteps(stream)
  const calls: PlannedCall[] = []
  for await (const { step, seed } of readTimetable(dir, stream.name)) {
    const thinks = steps.map((_, index) => thinkAfterMs(seed, stream, index))
    calls.push({
      isNew: step === steps[0],
      thinkMs: thinks.reduce((sum, thinkMs) => sum + thinkMs, 0),
      wrapUpMs: thinks.at(-1) ?? 0,
    })
  }
  return calls
}
