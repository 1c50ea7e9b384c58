import { erlangA } from '../generators/erlang-a.ts'
import { stepsOf } from '../generators/journey-steps.ts'
import { thinkAfterMs } from '../generators/think-times.ts'
import type { Phase } from '../model/phase.ts'
import type { Plan, PlannedStream } from '../model/plan.ts'
import type { CallCentreResult } from '../model/run-record.ts'
import { callCentreOutlook } from './call-centre-outlook.ts'
import { CallTally, type PlannedCall } from './call-tally.ts'
import type { Measured } from './read-cells.ts'
import { readTimetable } from './read-timetable.ts'
import { rowLines } from './row-lines.ts'

/** Each stream whose rows are calls, in the steady phase: what was seen, beside what Erlang A expects of the same calls. */
export const callCentres = async (dir: string, plan: Plan, measured: Measured): Promise<CallCentreResult[]> => {
  const steady = plan.phases.find(({ name }) => name === 'steady')
  if (!steady) return []
  const results: CallCentreResult[] = []
  for (const stream of plan.streams) {
    if (!stream.calls) continue
    const tally = await readCalls(dir, stream, steady)
    results.push({
      stream: stream.name,
      phase: steady.name,
      ...stream.calls,
      ...resultOf(tally, {
        ...stream.calls,
        lastsMs: steady.toMs - steady.fromMs,
        ...screensOf(stream, measured),
      }),
    })
  }
  return results
}

interface Centre {
  readonly operators: number
  readonly patienceMs: number
  readonly lastsMs: number
  /** Time that operators spent looking at screens that had not answered yet. */
  readonly answeringMs: number
  /** Mean of a screen. */
  readonly responseMs: number
}

const resultOf = (
  tally: CallTally,
  { operators, patienceMs, lastsMs, answeringMs, responseMs }: Centre,
): Omit<CallCentreResult, 'stream' | 'phase' | 'operators' | 'patienceMs'> => {
  const { answered, abandoned, waitMs, thinkMs, screens, busyMs } = tally
  const offered = answered + abandoned
  const handlingMs = (thinkMs + answeringMs) / Math.max(1, answered)
  const centre = { arrivalsPerSecond: offered / (lastsMs / 1000), handlingMs, operators, patienceMs }
  return {
    offered,
    answered,
    abandoned,
    handlingMs,
    seen: {
      abandonedRatio: abandoned / Math.max(1, offered),
      meanWaitMs: waitMs / Math.max(1, offered),
      waitingCalls: waitMs / lastsMs,
      busyOperators: busyMs / lastsMs,
    },
    expected: erlangA(centre),
    ...(answered > 0 && {
      outlook: callCentreOutlook({ ...centre, screensPerCall: screens / answered, responseMs }),
    }),
  }
}

/** What an operator waits for before a screen, once in a while: no screen of the call. */
const tokenStep = 'token'

const screensOf = ({ name }: PlannedStream, { steps }: Measured): Pick<Centre, 'answeringMs' | 'responseMs'> => {
  const own = steps.filter(({ stream, phase }) => stream === name && phase === 'steady')
  const screens = own.filter(({ step }) => step !== tokenStep)
  const count = screens.reduce((sum, { fromSent }) => sum + fromSent.count, 0)
  return { answeringMs: answeringMs(own), responseMs: answeringMs(screens) / Math.max(1, count) }
}

const answeringMs = (steps: Measured['steps']): number => steps.reduce((sum, { fromSent }) => sum + fromSent.sumMs, 0)

const readCalls = async (dir: string, stream: PlannedStream, phase: Phase): Promise<CallTally> => {
  const tally = new CallTally(await plannedCalls(dir, stream), phase)
  for await (const line of rowLines(dir)) if (line.stream === stream.name) tally.take(line)
  return tally
}

const plannedCalls = async (dir: string, stream: PlannedStream): Promise<readonly PlannedCall[]> => {
  const calls: PlannedCall[] = []
  for await (const { journey, step, seed } of readTimetable(dir, stream.name)) {
    const steps = stepsOf(seed, journey, stream.channel)
    const thinks = steps.map((_, index) => thinkAfterMs(seed, steps, index))
    calls.push({
      isNew: step === steps[0]?.step,
      screens: steps.length,
      thinkMs: thinks.reduce((sum, thinkMs) => sum + thinkMs, 0),
      wrapUpMs: thinks.at(-1) ?? 0,
    })
  }
  return calls
}
