import { Failure } from '../model/failure.ts'
import type { OwnScenario } from '../model/own-scenario.ts'
import { isArriving, type Scenario, type StreamSpec } from '../model/scenario.ts'
import { isKnownDay } from '../region/calendar.ts'
import { ownGates } from '../scenarios/own-gates.ts'
import { scenarios } from '../scenarios/registry.ts'
import { chosenStreams, concerns } from './chosen-streams.ts'

/** What a scenario of one's own comes to, or everything that is wrong with it. */
export type Extended = { readonly scenario: Scenario } | { readonly problems: readonly string[] }

export const extendScenario = (own: OwnScenario, base: Scenario): Extended => {
  const chosen = chosenOrProblems(own, base)
  const { streams } = 'scenario' in chosen ? chosen.scenario : base
  const problems = [
    ...('problems' in chosen ? chosen.problems : []),
    ...nameProblems(own),
    ...sliceProblems(own),
    ...surgeProblems(own, streams),
    ...gateProblems(own, streams),
    ...phaseProblems(own, base),
    ...sameNames(own),
    ...noGate(own),
  ]
  if ('problems' in chosen || problems.length > 0) return { problems }
  const { leftOut: _, ...scenario } = chosen.scenario
  return {
    scenario: {
      ...scenario,
      name: own.name,
      summary: own.summary,
      slice: own.slice ?? base.slice,
      streams: streams.map((stream) => surged(stream, own.surges[stream.name])),
      warmUpMs: own.warmUpMs ?? base.warmUpMs,
      drainCapMs: own.drainCapMs ?? base.drainCapMs,
      gates: gatesOf(own, scenario),
    },
  }
}

const chosenOrProblems = ({ streams }: OwnScenario, base: Scenario): Extended => {
  try {
    return { scenario: streams ? chosenStreams(base, streams) : base }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { problems: error.message.split('\n').map((line) => line.replace('--streams', 'streams')) }
  }
}

const nameProblems = ({ name }: OwnScenario): readonly string[] =>
  scenarios.some((one) => one.name === name) ? [`name: expected one that no scenario of collaudo has, got ${name}`] : []

const sliceProblems = ({ slice }: OwnScenario): readonly string[] => {
  if (!slice) return []
  return [
    ...(isKnownDay(slice.day) ? [] : [`slice.day: expected monday … sunday, weekday or YYYY-MM-DD, got ${slice.day}`]),
    ...(slice.from < slice.to ? [] : [`slice.to: expected later than ${slice.from}, got ${slice.to}`]),
  ]
}

const surgeProblems = ({ surges }: OwnScenario, streams: readonly StreamSpec[]): readonly string[] => {
  const known = streams.filter(isArriving).map(({ name }) => name)
  return Object.keys(surges)
    .filter((name) => !known.includes(name))
    .map((name) => `surges.${name}: expected a stream that comes by itself (${known.join(', ')}), got ${name}`)
}

const gateProblems = ({ gates }: OwnScenario, streams: readonly StreamSpec[]): readonly string[] =>
  gates
    .filter((gate) => !concerns(gate, streams))
    .map(({ name }) => `gates.${name}: expected something that the streams do, got what none of them does`)

/** A scenario has no fault, and so no time after one. */
const phaseProblems = ({ gates }: OwnScenario, { phases = [] }: Scenario): readonly string[] => {
  const known = ['steady', ...phases.map(({ name }) => name)]
  return gates
    .filter(({ phase }) => !known.includes(phase))
    .map(({ name, phase }) => `gates.${name}: expected a phase of ${[...new Set(known)].join(', ')}, got ${phase}`)
}

const sameNames = ({ gates }: OwnScenario): readonly string[] =>
  gates
    .filter(({ name }, index) => gates.findIndex((gate) => gate.name === name) < index)
    .map(({ name }) => `gates.${name}: expected gates of different names, got this one twice`)

const noGate = ({ gates, keepsGates }: OwnScenario): readonly string[] =>
  keepsGates || gates.length > 0 ? [] : ['gates: expected one at least where keepsGates is false, got none']

/** Whether the load was the planned one, and what was promised kept, is judged in any case. */
const gatesOf = ({ gates, keepsGates }: OwnScenario, scenario: Scenario): Scenario['gates'] => {
  const names = gates.map(({ name }) => name)
  return [...gates, ...(keepsGates ? scenario.gates : ownGates).filter(({ name }) => !names.includes(name))]
}

const surged = (stream: StreamSpec, by: OwnScenario['surges'][string] | undefined): StreamSpec => {
  if (!by || !isArriving(stream)) return stream
  const { value = 1, source } = stream.surge ?? {}
  const surge = { value: value * by.factor, unit: 'factor', source: [source, by.why].filter(Boolean).join('; ') }
  return { ...stream, surge }
}
