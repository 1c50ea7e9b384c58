import type { Argument } from 'commander'
import { experiments } from '../chaos/experiments/registry.ts'
import { runnerDies } from '../chaos/experiments/runner-dies.ts'
import { defectKinds } from '../model/defect.ts'
import { faultKinds, faultSummaries, reachOf } from '../model/fault-kinds.ts'
import type { Gate } from '../model/gate.ts'
import type { Scenario } from '../model/scenario.ts'
import { pacedJourneys } from '../region/pace.ts'
import { scenarios } from '../scenarios/registry.ts'
import { driverRows } from './driver-table.ts'
import { program } from './program.ts'
import { waysInWords } from './ways-in-words.ts'

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const limitOf = (gate: Gate): string => {
  switch (gate.kind) {
    case 'latency':
      return `${gate.journey} / ${gate.step}: p${gate.quantile * 100} from ${gate.from} within ${gate.limitMs} ms${gate.streams ? ` (${gate.streams.join(', ')})` : ''}`
    case 'failures':
      return `failed requests of ${gate.streams?.join(', ') ?? 'all streams'} at most ${gate.limitRatio * 100} %`
    case 'told':
      return `every step ended within ${gate.limitMs} ms (p${gate.quantile * 100})${ofStreams(gate.streams)}`
    case 'quality':
      return `${gate.minRatio * 100} % of steps answered within ${gate.goodWithinMs} ms${ofStreams(gate.streams)}`
    case 'recovery':
      return `${gate.minRatio * 100} % of steps answered within ${gate.goodWithinMs} ms again, ${gate.withinMs / 1000} s after the fault at the latest${ofStreams(gate.streams)}`
    case 'amplification':
      return `at most ${gate.limitRatio} times the calls over ${gate.edge} for each step`
    case 'outcomes':
      return `${gate.outcome} in ${gate.bound.replace('-', ' ')} ${gate.limitRatio * 100} % of ${gate.stream}`
    case 'all-done':
      return `${gate.limitRatio * 100} % of ${gate.stream} done, those still under way at the end included`
    case 'total':
      return `${gate.outcome} in exactly ${gate.count} of ${gate.stream}`
    case 'answered':
      return `${gate.minRatio * 100} % of ${gate.stream} answered within ${gate.withinMs / 1000} s of their due, abandoned ones included`
    case 'throughput':
      return `${gate.outcome} at least ${gate.minPerHour} times an hour${ofStreams(gate.streams)}`
    case 'sustained':
      return `${gate.minRatio * 100} % of steps answered within ${gate.goodWithinMs} ms in any ${gate.forMs / 1000} s${ofStreams(gate.streams)}`
    case 'burn-rate':
      return `at most ${gate.limitTimes} times the bad steps of ${gate.objectiveRatio * 100} % within ${gate.goodWithinMs} ms, over ${gate.longMs / 1000} s and ${gate.shortMs / 1000} s at once${gate.endsRun ? '; else the run ends' : ''}${ofStreams(gate.streams)}`
    case 'metric':
      return `${gate.query} ${gate.bound.replace('-', ' ')} ${gate.limit}`
    case 'timer-lag':
      return `the load generator late by at most ${gate.limitMs} ms (p${gate.quantile * 100})`
    case 'integrity':
      return `at most ${gate.limitCount} broken promises`
  }
}

const ofStreams = (streams: readonly string[] | undefined): string => (streams ? ` (${streams.join(', ')})` : '')

const journeyRows = (): readonly (readonly string[])[] =>
  pacedJourneys().map(({ action, channel, pace }) => [`${action} (${channel})`, waysInWords(pace.value), pace.source])

/** Whether one of the gates has the name of another. */
const isAmong = (gates: readonly Gate[], { name }: Gate): boolean => gates.some((gate) => gate.name === name)

const sliceInWords = ({ day, days, from, to }: Scenario['slice']): string =>
  days === undefined ? `${day} ${from}–${to}` : `${days} days from a ${day} on`

/** Scenarios that share their gates share a table; one that has only gates of others says whose. */
const gateTables = (): string =>
  [...new Set(scenarios.map(({ gates }) => gates))]
    .map((gates, index, all) => {
      const names = scenarios.filter((scenario) => scenario.gates === gates).map(({ name }) => name)
      const before = all.slice(0, index).filter((others) => others.every((gate) => isAmong(gates, gate)))
      if (gates.every((gate) => before.some((others) => others.includes(gate)))) {
        const whose = before.flatMap((others) => scenarios.find((scenario) => scenario.gates === others)?.name ?? [])
        return `Gates of ${names.join(', ')}: those of ${whose.join(', ')}.`
      }
      return table(
        [`gates of ${names.join(', ')}`, 'limit', 'why'],
        gates.map((gate) => [gate.name, limitOf(gate), gate.why]),
      )
    })
    .join('\n\n')

const argumentInWords = (argument: Argument): string =>
  argument.required ? `<${argument.name()}>` : `[${argument.name()}]`

/** The tables of the README by name, made from the definitions. */
export const readmeTables = (): Readonly<Record<string, string>> => ({
  commands: table(
    ['command', 'does'],
    program(new AbortController().signal).commands.map((command) => [
      `\`${[command.name(), ...command.registeredArguments.map(argumentInWords)].join(' ')}\``,
      command.description(),
    ]),
  ),
  scenarios: table(
    ['scenario', 'what it replays', 'unless told otherwise', 'streams'],
    scenarios.map(({ name, summary, slice, streams }) => [
      name,
      summary,
      sliceInWords(slice),
      streams.map((stream) => stream.name).join(', '),
    ]),
  ),
  experiments: table(
    ['experiment', 'what is broken', 'what must hold'],
    [...experiments, runnerDies].map(({ name, summary, hypothesis }) => [name, summary, hypothesis]),
  ),
  drivers: table(
    ['experiment', 'twin: processes', 'docker: containers', 'chaos-mesh: Kubernetes'],
    driverRows(experiments),
  ),
  faults: table(
    ['fault', 'what it does', 'what it hits'],
    faultKinds.map((kind) => [kind, faultSummaries[kind], reachOf(kind).join(', ')]),
  ),
  gates: gateTables(),
  journeys: table(['journey', 'steps', 'think times'], journeyRows()),
  defects: table(['defect of the twin', 'what it does'], Object.entries(defectKinds)),
})

/** A text with each `<!-- table:NAME -->…<!-- /table -->` filled anew. Throws a RangeError for a name that is not known. */
export const withTables = (text: string): string => {
  const tables = readmeTables()
  return text.replace(/<!-- table:(\w+) -->[\s\S]*?<!-- \/table -->/g, (_, name: string) => {
    const filled = tables[name]
    if (filled === undefined) throw new RangeError(`expected a table of ${Object.keys(tables).join(', ')}, got ${name}`)
    return `<!-- table:${name} -->\n${filled}\n<!-- /table -->`
  })
}
