import type { Command } from 'commander'
import { Failure } from '../model/failure.ts'
import type { Scenario } from '../model/scenario.ts'
import { scenarios } from '../scenarios/registry.ts'

/** Adds the options that cut a slice out of the calendar. */
export const withSliceOptions = (command: Command): Command =>
  command
    .option(
      '--day <day>',
      'monday … sunday, a date YYYY-MM-DD, or weekday: the mean working day (default: the scenario’s)',
    )
    .option('--from <HH:MM>', 'start of the slice (default: the scenario’s)')
    .option('--to <HH:MM>', 'end of the slice (default: the scenario’s)')
    .option('--scale <factor>', 'factor on all arrivals, or by stream: web=3,phone=1')
    .option('--squeeze <duration>', 'the shape of the slice in this time (90s, 5m), at real rates')
    .option('--full-volume', 'with --squeeze: the total volume of the slice')
    .option('--seed <n>', 'whole number from 0; same seed, same plan', '1')

/** The scenario of a name. Throws a usage Failure that names those there are. */
export const scenarioNamed = (name: string): Scenario => {
  const scenario = scenarios.find((candidate) => candidate.name === name)
  if (scenario) return scenario
  throw new Failure(
    'usage',
    `expected a scenario of ${scenarios.map((known) => known.name).join(', ')}, got ${name}`,
    'collaudo list',
  )
}
