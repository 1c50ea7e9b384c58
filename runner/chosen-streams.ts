import { Failure } from '../model/failure.ts'
import type { Gate } from '../model/gate.ts'
import type { Scenario, StreamSpec } from '../model/scenario.ts'
import { paceOf } from '../region/pace.ts'

/**
 * A scenario with some of its streams, and the gates that these can meet or break. Throws a usage Failure for a stream that is not
 * there, and for one that follows a stream left out.
 */
export const chosenStreams = (scenario: Scenario, names: readonly string[]): Scenario => {
  const streams = scenario.streams.filter(({ name }) => names.includes(name))
  const known = scenario.streams.map(({ name }) => name)
  const problems = [
    ...names
      .filter((name) => !known.includes(name))
      .map((name) => `--streams: expected a stream of ${known.join(', ')}, got ${name}`),
    ...streams.flatMap(({ name, follows }) =>
      follows && !names.includes(follows.stream)
        ? [`--streams: expected ${follows.stream} too, which ${name} follows, got ${names.join(',')}`]
        : [],
    ),
  ]
  if (problems.length > 0) throw new Failure('usage', problems.join('\n'), 'collaudo list names the scenarios')
  const leftOut = known.filter((name) => !names.includes(name))
  const gates = scenario.gates.filter((gate) => concerns(gate, streams))
  return { ...scenario, streams, gates, ...(leftOut.length > 0 && { leftOut }) }
}

/** A gate on what none of the streams does would never see anything. */
export const concerns = (gate: Gate, streams: readonly StreamSpec[]): boolean => {
  const named = 'stream' in gate ? [gate.stream] : 'streams' in gate ? gate.streams : undefined
  const own = streams.filter(({ name }) => named?.includes(name) !== false)
  if (gate.kind !== 'latency') return own.length > 0
  return own.some(({ mix, channel }) =>
    mix.some(({ action }) => action === gate.journey && hasStep(paceOf(action, channel), gate.step)),
  )
}

const hasStep = (ways: ReturnType<typeof paceOf>, name: string): boolean =>
  ways.some(({ steps }) => steps.some(({ step }) => step === name))
