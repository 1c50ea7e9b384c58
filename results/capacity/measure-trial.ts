import { systemOf } from '../../generators/system-of.ts'
import type { Aim, Trial } from '../../model/capacity-record.ts'
import { Failure } from '../../model/failure.ts'
import type { Gate } from '../../model/gate.ts'
import type { Plan } from '../../model/plan.ts'
import type { RunRecord } from '../../model/run-record.ts'
import type { Action } from '../../model/scenario.ts'
import type { SystemName } from '../../model/system.ts'
import { cellsOf } from '../read-cells.ts'
import { readTimetable } from '../read-timetable.ts'
import { rowLines } from '../row-lines.ts'
import { isFailing } from './is-failing.ts'
import { littlesLaw } from './little.ts'
import { StreamTally, type Stretch } from './stream-tally.ts'
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
  const busy = [...tallies.values()].map((tally) => tally.busy)
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
    little: littlesLaw({
      lastsMs,
      busyMs: busy.reduce((sum, { busyMs }) => sum + busyMs, 0),
      endedMs: busy.flatMap(({ endedMs }) => endedMs),
    }),
  }
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
  const tallies = new Map(plan.streams.map(({ name }) => [name, new StreamTally(stretch)]))
  for (const [name, tally] of tallies) {
    for await (const { dueMs } of readTimetable(dir, name)) tally.due(dueMs)
  }
  for await (const line of rowLines(dir)) tallies.get(line.stream)?.take(line)
  return tallies
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
  if (record.verdict === 'fail' || followsLoad === 'no') return 'no'
  return record.verdict === 'pass' ? 'yes' : 'unknown'
}
