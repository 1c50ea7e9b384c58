import { stepsOf } from '../../generators/journey-steps.ts'
import { systemOf } from '../../generators/system-of.ts'
import { thinkAfterMs } from '../../generators/think-times.ts'
import type { Aim, Processors, Trial } from '../../model/capacity-record.ts'
import { Failure } from '../../model/failure.ts'
import type { Gate } from '../../model/gate.ts'
import type { Plan } from '../../model/plan.ts'
import type { Row } from '../../model/row.ts'
import type { RunRecord } from '../../model/run-record.ts'
import type { Action, Channel } from '../../model/scenario.ts'
import type { SystemName } from '../../model/system.ts'
import { cellsOf } from '../read-cells.ts'
import { readTimetable } from '../read-timetable.ts'
import { rowLines } from '../row-lines.ts'
import { isChance } from './is-chance.ts'
import { isFailing } from './is-failing.ts'
import { type PlannedRow, StreamTally, type Stretch } from './stream-tally.ts'
import { SystemTally } from './system-tally.ts'

/** A run of a search that has ended, whatever it came to. */
export interface MadeTrial {
  readonly name: string
  readonly aim: Aim
  readonly scale: number
  /** Its run folder. */
  readonly dir: string
  readonly plan: Plan
  readonly record: RunRecord
  readonly tookMs: number
}

/** What a run says of the load that it was. Throws a usage Failure for a plan without a judged stretch. */
export const measureTrial = async ({ name, aim, scale, dir, plan, record, tookMs }: MadeTrial): Promise<Trial> => {
  const stretch = steadyOf(plan)
  const tallies = await tallyRows(dir, plan, stretch)
  const systems = await tallySystems(dir, stretch)
  const streams = [...tallies].map(([stream, tally]) => tally.flow(stream))
  const lastsMs = stretch.toMs - stretch.fromMs
  const perSecond = (count: (stream: Trial['streams'][number]) => number) =>
    streams.reduce((sum, stream) => sum + count(stream), 0) / (lastsMs / 1000)
  const followsLoad = followed(record, streams, systems)
  return {
    name,
    aim,
    seed: record.seed,
    scale,
    loadRatio: loadRatioOf(plan, scale),
    lastsMs,
    tookMs,
    verdict: record.verdict,
    ended: record.ended,
    reasons: record.reasons,
    meetsGates: metGates(record, followsLoad),
    followsLoad,
    gatesBroken: brokenGates(record).map((gate) => gate.name),
    suffering: suffering(plan, brokenGates(record), streams),
    offeredPerSecond: perSecond(({ offered }) => offered),
    completedPerSecond: perSecond(({ done }) => done),
    streams,
    systems,
    processors: processorsOf(record),
  }
}

const processorsOf = ({ processorTime: time }: RunRecord): Processors[] => {
  if (time.kind !== 'known' || time.lastsMs === 0) return []
  return time.systems.map(({ system, vcpus, usedMs }) => ({ system, vcpus, busyVcpus: usedMs / time.lastsMs }))
}

const brokenGates = ({ gates, gateDefinitions }: RunRecord): readonly Gate[] =>
  gateDefinitions.filter((_, index) => gates[index]?.verdict === 'fail')

const suffering = (plan: Plan, gates: readonly Gate[], flows: Trial['streams']): string[] => {
  const behind = flows.filter(({ fallsBehind }) => fallsBehind).toSorted((a, b) => growthRatio(b) - growthRatio(a))
  const named = gates.flatMap((gate) => streamsOf(gate, plan))
  return [...new Set([...behind.map(({ stream }) => stream), ...named])]
}

const growthRatio = ({ backlogFrom, backlogTo, offered }: Trial['streams'][number]): number =>
  (backlogTo - backlogFrom) / Math.max(1, offered)

/** Streams that a gate speaks of; one that is about everybody names nobody. */
const streamsOf = (gate: Gate, { streams }: Plan): readonly string[] => {
  if ('stream' in gate) return [gate.stream]
  if ('streams' in gate && gate.streams) return gate.streams
  if (!('journey' in gate)) return []
  return streams.filter(({ actions }) => actions.some(({ action }) => action === gate.journey)).map(({ name }) => name)
}

/** Arrivals of a plan / arrivals that its scenario expects at scale 1. */
const loadRatioOf = ({ streams }: Plan, scale: number): number => {
  const expected = streams.reduce((sum, stream) => sum + stream.expected, 0)
  if (expected === 0) {
    throw new Failure(
      'usage',
      'expected arrivals in the slice, got none',
      'choose another --from and --to, or other --streams',
    )
  }
  return (scale * streams.reduce((sum, { drawn }) => sum + drawn, 0)) / expected
}

/** The stretch that gates judge. */
export const steadyOf = ({ phases, scenario }: Plan): Stretch => {
  const steady = phases.find(({ name }) => name === 'steady')
  if (steady) return steady
  throw new Failure('usage', `expected a steady phase in ${scenario}, got none`, 'choose another scenario')
}

const tallyRows = async (dir: string, plan: Plan, stretch: Stretch): Promise<ReadonlyMap<string, StreamTally>> => {
  const tallies = new Map<string, StreamTally>()
  for (const { name, channel } of plan.streams) {
    const tally = new StreamTally(stretch)
    tallies.set(name, tally)
    for await (const row of readTimetable(dir, name)) tally.due(plannedRow(row, channel))
  }
  for await (const line of rowLines(dir)) tallies.get(line.stream)?.take(line)
  return tallies
}

/** The events of an episode are rows of their own: none of them is under way, and none waits for the next. */
const plannedRow = ({ dueMs, journey, seed, step }: Row, channel: Channel): PlannedRow => {
  if (journey === 'emergency') return { dueMs, isUnderWay: false, thinkMs: 0 }
  const steps = stepsOf(seed, journey, channel)
  const thinkMs = steps.reduce((sum, _, index) => sum + thinkAfterMs(seed, steps, index), 0)
  return { dueMs, isUnderWay: step !== steps[0]?.step, thinkMs }
}

/** Tokens come from elsewhere. */
const tallySystems = async (dir: string, stretch: Stretch): Promise<Trial['systems']> => {
  const tallies = new Map<SystemName, SystemTally>()
  for await (const cell of cellsOf(dir)) {
    if (cell.kind !== 'step' || cell.step === 'token') continue
    const system = systemOf(cell.journey as Action)
    const tally = tallies.get(system) ?? new SystemTally(stretch)
    tallies.set(system, tally)
    tally.take(cell)
  }
  return [...tallies].map(([system, tally]) => tally.flow(system))
}

/** Nothing is known of a load that was not the planned one. */
const isWhole = ({ ended, verdict }: RunRecord): boolean => ended === 'completed' && verdict !== 'invalid'

const followed = (record: RunRecord, streams: Trial['streams'], systems: Trial['systems']): Trial['followsLoad'] => {
  if (!isWhole(record)) return 'unknown'
  const isBroken = streams.some(({ fallsBehind }) => fallsBehind) || systems.some(isFailing)
  return isBroken ? 'no' : 'yes'
}

/** A load that is not followed breaks every gate in the end, however short the trial was. */
const metGates = (record: RunRecord, followsLoad: Trial['followsLoad']): Trial['meetsGates'] => {
  if (!isWhole(record)) return 'unknown'
  if (followsLoad === 'no' || (record.verdict === 'fail' && isSure(record))) return 'no'
  return record.verdict === 'pass' ? 'yes' : 'unknown'
}

/** Whether chance cannot have made it: something besides gates is wrong, or one of them is broken beyond it. */
const isSure = ({ gates }: RunRecord): boolean => {
  const broken = gates.filter(({ verdict }) => verdict === 'fail')
  return broken.length === 0 || broken.some((gate) => !isChance(gate))
}
