import { parseComponent } from '../model/component.ts'
import { type Experiment, type ExperimentPhases, reliefRatios } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import type { Gate } from '../model/gate.ts'
import type { Slice } from '../model/plan.ts'
import type { Scenario } from '../model/scenario.ts'
import { dayNames, isKnownDay } from '../region/calendar.ts'

/** An experiment's load: a scenario with its phases and gates, and the slice that they fill. */
export interface Staged {
  readonly scenario: Scenario
  readonly slice: Slice
}

const dayMs = 86_400_000

/** `scenario`: the one that the experiment names. Throws a usage Failure with every problem: what is not in it, or does not fit into its phase or its blast radius. */
export const stageExperiment = (experiment: Experiment, scenario: Scenario): Staged => {
  const problems = [
    ...streamProblems(experiment, scenario),
    ...faultProblems(experiment),
    ...timeProblems(experiment),
    ...encryptionProblems(experiment),
    ...reliefProblems(experiment),
  ]
  if (problems.length > 0) {
    const text = problems.map((problem) => `${experiment.name}: ${problem}`).join('\n')
    throw new Failure('usage', text, `correct the experiment ${experiment.name}`)
  }
  const { phases, gates, streams, day, scale } = experiment
  const fromMs = startOf(experiment)
  return {
    scenario: {
      ...scenario,
      streams: scenario.streams.filter(({ name }) => streams?.includes(name) !== false),
      warmUpMs: phases.warmUpMs,
      phases: [
        { name: 'steady', durationMs: phases.steadyMs },
        { name: 'fault', durationMs: phases.faultMs },
        { name: 'recovery', durationMs: phases.recoveryMs },
        { name: 'after', durationMs: phases.afterMs },
        ...reliefsOf(phases),
      ],
      drainCapMs: phases.drainMs,
      gates: experiment.keepsGates ? [...gates, ...scenario.gates.filter((gate) => !isNamed(gates, gate))] : gates,
    },
    slice: { day, fromMs, toMs: fromMs + lengthOf(phases), fullVolume: false, scale },
  }
}

const isNamed = (gates: readonly Gate[], { name }: Gate): boolean => gates.some((gate) => gate.name === name)

const startOf = ({ from }: Experiment): number => Number(from.slice(0, 2)) * 3_600_000 + Number(from.slice(3)) * 60_000

const reliefsOf = ({ reliefMs }: ExperimentPhases) =>
  reliefMs === 0 ? [] : reliefRatios.map((loadRatio) => ({ name: 'relief', durationMs: reliefMs, loadRatio }) as const)

const lengthOf = ({ steadyMs, faultMs, recoveryMs, afterMs, reliefMs }: ExperimentPhases): number =>
  steadyMs + faultMs + recoveryMs + afterMs + reliefRatios.length * reliefMs

/** Streams that are named and not there, or whose arrivals come of one that is left out. */
const streamProblems = ({ streams, gates, scale, abort }: Experiment, scenario: Scenario): readonly string[] => {
  const known = scenario.streams.map(({ name }) => name)
  const chosen = streams ?? known
  const absent = (where: string, names: readonly string[], among: readonly string[]) =>
    names
      .filter((name) => !among.includes(name))
      .map((name) => `${where}: expected a stream of ${among.join(', ')}, got ${name}`)
  const leaders = scenario.streams.flatMap(({ name, follows }) =>
    chosen.includes(name) && follows ? [follows.stream] : [],
  )
  return [
    ...absent('streams', streams ?? [], known),
    ...absent('streams', leaders, chosen),
    ...absent(
      'scale',
      Object.keys(scale).filter((name) => name !== '*'),
      chosen,
    ),
    ...absent('abort.streams', abort?.streams ?? [], chosen),
    ...gates.flatMap((gate) => absent(`gates.${gate.name}`, streamsOf(gate), chosen)),
  ]
}

const streamsOf = (gate: Gate): readonly string[] => {
  if ('stream' in gate) return [gate.stream]
  return ('streams' in gate ? gate.streams : undefined) ?? []
}

/** A fault that outlasts its phase would be judged as recovery; one outside the blast radius was not agreed on. */
const faultProblems = ({ faults, phases, blastRadius }: Experiment): readonly string[] =>
  faults.flatMap(({ fault, fromMs = 0, lastsMs }, index) => [
    ...(fromMs + lastsMs > phases.faultMs
      ? [`faults.${index}: expected its end within the fault phase of ${phases.faultMs} ms, got ${fromMs + lastsMs} ms`]
      : []),
    ...(blastRadius.includes(fault.component)
      ? []
      : [
          `faults.${index}: expected a component of the blast radius (${blastRadius.join(', ')}), got ${fault.component}`,
        ]),
  ])

const timeProblems = (experiment: Experiment): readonly string[] => [
  ...(isKnownDay(experiment.day)
    ? []
    : [`day: expected ${dayNames.join(', ')}, weekday or YYYY-MM-DD, got ${experiment.day}`]),
  ...(startOf(experiment) + lengthOf(experiment.phases) <= dayMs
    ? []
    : [`from: expected phases that end on the same day, got ${experiment.from}`]),
]

/** The end of each stretch is looked at for five seconds, and nothing is judged in it: most runs never come there. */
const leastReliefMs = 5000

const reliefProblems = ({ phases: { reliefMs }, gates }: Experiment): readonly string[] => [
  ...(reliefMs > 0 && reliefMs < leastReliefMs
    ? [`phases.reliefMs: expected 0 or at least ${leastReliefMs}, got ${reliefMs}`]
    : []),
  ...gates.flatMap(({ name, phase, kind }) => {
    if (phase === 'relief') return `gates.${name}: expected a phase that is always there, got relief`
    return kind === 'all-done' && reliefMs > 0
      ? `gates.${name}: expected no all-done gate beside phases.reliefMs, which cuts what is under way, got one`
      : []
  }),
]

/** The clients of the region trust whom the machine trusts, and it does not know our certificates. */
const encryptionProblems = ({ encrypted }: Experiment): readonly string[] =>
  encrypted
    .filter((way) => {
      const component = parseComponent(way)
      return component?.kind !== 'edge' || component.from === 'clients'
    })
    .map((way) => `encrypted: expected a way from one system to another, got ${way}`)
