import { Command } from 'commander'
import { migrationTimes } from '../../generators/imaging/migration-time.ts'
import type { Plan } from '../../model/plan.ts'
import type { DrawnPlan, DrawnStream } from '../../planner/drawn-plan.ts'
import { migration } from '../../region/migration.ts'
import { readScenario } from '../../runner/read-scenario.ts'
import { arrivalChart } from '../arrival-chart.ts'
import { emptyFolder } from '../empty-folder.ts'
import { Output, type OutputOptions } from '../output.ts'
import { parseSeed, type SliceOptions } from '../parse-options.ts'
import { planTable } from '../plan-table.ts'
import { sliceOf, withSliceOptions } from '../slice-options.ts'

interface PlanOptions extends Partial<SliceOptions>, OutputOptions {
  readonly seed: string
  readonly target: string
  readonly out?: string
  readonly chart?: boolean
}

/** `collaudo plan`: draws a plan without touching a target. */
export const planCommand = (): Command =>
  withSliceOptions(new Command('plan').argument('<scenario>'))
    .description('Draws the plan of a scenario without touching a target: arrivals expected and drawn, actors, memory.')
    .option('--target <target>', 'whose kind of codice fiscale to plan for', 'embedded')
    .option('--out <dir>', 'write the plan into an empty folder that plain `k6 run DIR/script.js` accepts')
    .option('--chart', 'draw the arrivals of each stream over time')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo plan recup-day --chart\n  collaudo plan recup-day --day monday --from 08:00 --to 09:00 --out monday-morning',
    )
    .action(async (name: string, typed: PlanOptions) => {
      const scenario = await readScenario(name, typed.streams)
      const options = { ...scenario.slice, ...typed }
      const wanted = await sliceOf(typed, scenario)
      const { readTarget } = await import('../../runner/read-target.ts')
      const { fiscalCodes } = await readTarget(options.target)
      const { drawPlan } = await import('../../planner/plan.ts')
      const { writeRunFolder } = await import('../../planner/run-folder.ts')
      const drawn = drawPlan({ scenario, ...wanted, seed: parseSeed(options.seed), fiscalCodes })
      if (options.out !== undefined) await writeRunFolder(await emptyFolder(options.out), drawn)
      new Output(options).result(textOf(drawn, options), drawn.plan)
    })

const textOf = ({ plan, streams }: DrawnPlan, { chart, out }: PlanOptions): string => {
  return [
    `${plan.scenario}: ${Math.round(plan.durationMs / 1000)} s with warm-up, seed ${plan.seed}`,
    ...planTable(plan),
    ...totalLines(plan.totals),
    ...(plan.cutoverMs === undefined ? [] : migrationLines()),
    ...(plan.paper ? [paperLine(plan.paper)] : []),
    `to prepare: ${inWords(plan.dataset)}`,
    ...(chart ? charts(streams, plan.durationMs) : []),
    `fingerprint: ${plan.fingerprint.slice(0, 16)}`,
    ...(out === undefined ? [] : [`written: ${out}`]),
  ].join('\n')
}

const totalLines = (totals: Plan['totals']): readonly string[] =>
  Object.entries(totals).map(
    ([name, { expected, drawn }]) =>
      `${(totalNames[name] ?? name).padEnd(12)} expected ${quantity(name, expected)}, drawn ${isBytes(name) ? quantity(name, drawn) : drawn}`,
  )

const paperLine = ({ fromMs, toMs, enteredMs }: NonNullable<Plan['paper']>): string => {
  const seconds = (ms: number) => `${Math.round(ms / 1000)} s`
  return `outage       from ${seconds(fromMs)} to ${seconds(toMs)} on paper, which is entered by ${seconds(enteredMs)}`
}

/** How long all that has to move takes over some links. */
const migrationLines = (): readonly string[] =>
  migrationTimes().map(({ gigabitsPerSecond, aloneHours, besideHours }) => {
    const beside = besideHours === undefined ? 'never' : inDays(besideHours)
    const all = `${migration.archiveBytes.value / 1e12} TB`
    return `on paper     ${all} over ${gigabitsPerSecond} Gbit/s: ${inDays(aloneHours)} alone, ${beside} beside the day’s images`
  })

const inDays = (hours: number): string => (hours < 48 ? `${hours.toFixed(1)} hours` : `${(hours / 24).toFixed(1)} days`)

const totalNames: Readonly<Record<string, string>> = {
  ownOperations: 'own',
  privateOperations: 'private',
  imageBytes: 'image bytes',
  moves: 'moved',
  movedBytes: 'moved bytes',
}

const isBytes = (name: string): boolean => name.toLowerCase().endsWith('bytes')

const quantity = (name: string, value: number): string =>
  isBytes(name) ? `${(value / 1e9).toFixed(3)} GB` : value.toFixed(1)

/** What there is of it: `2,596 patients, 3 schedules`. */
const inWords = (dataset: Plan['dataset']): string =>
  Object.entries(dataset)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => (isBytes(name) ? `with ${quantity(name, count)}` : `${count} ${name}`))
    .join(', ')

const charts = (streams: readonly DrawnStream[], durationMs: number): readonly string[] =>
  streams.map(({ planned, timetable }) => `${planned.name.padEnd(10)} ${arrivalChart(timetable.rows, durationMs)}`)
