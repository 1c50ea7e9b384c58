import { Command } from 'commander'
import type { Plan, PlannedStream } from '../../model/plan.ts'
import type { DrawnPlan, DrawnStream } from '../../planner/plan.ts'
import { arrivalChart } from '../arrival-chart.ts'
import { emptyFolder } from '../empty-folder.ts'
import { Output, type OutputOptions } from '../output.ts'
import { parseSeed, type SliceOptions } from '../parse-options.ts'
import { scenarioNamed, sliceOf, withSliceOptions } from '../slice-options.ts'

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
      const scenario = scenarioNamed(name)
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
  const { operations, ownOperations, privateOperations } = plan.totals
  const { patients, schedules, slots, appointments } = plan.dataset
  return [
    `${plan.scenario}: ${Math.round(plan.durationMs / 1000)} s with warm-up, seed ${plan.seed}`,
    ...table(streams),
    ...totalLines({ operations, own: ownOperations, private: privateOperations }),
    `to prepare: ${patients} patients with a prescription each, ${schedules} agendas with ${slots} slots, ${appointments} appointments`,
    ...(chart ? charts(streams, plan.durationMs) : []),
    `fingerprint: ${plan.fingerprint.slice(0, 16)}`,
    ...(out === undefined ? [] : [`written: ${out}`]),
  ].join('\n')
}

const totalLines = (totals: Readonly<Record<string, Plan['totals'][string] | undefined>>): readonly string[] =>
  Object.entries(totals).map(
    ([name, of]) => `${name.padEnd(12)} expected ${(of?.expected ?? 0).toFixed(1)}, drawn ${of?.drawn ?? 0}`,
  )

const table = (streams: readonly DrawnStream[]): readonly string[] => {
  const rows = streams.flatMap(({ planned }) => [streamRow(planned), ...actionRows(planned)])
  const all = [
    ['stream', 'day factor', 'expected', 'drawn', 'share', 'in warm-up', 'under way', 'again', 'actors', 'memory'],
    ...rows,
  ]
  return all.map((cells) => cells.map((cell, column) => (column === 0 ? cell.padEnd(18) : cell.padStart(11))).join(''))
}

const streamRow = (of: PlannedStream): readonly string[] => [
  of.name,
  `× ${Number(of.dayFactor.toFixed(2))}`,
  of.expected.toFixed(1),
  String(of.drawn),
  '',
  String(of.warmUp),
  String(of.open),
  String(of.again),
  String(of.pool),
  `${Math.round(of.poolMemoryBytes / 1e6)} MB`,
]

/** What the rows of a stream do, where they do not all do the same. */
const actionRows = ({ actions, expected }: PlannedStream): readonly (readonly string[])[] =>
  actions.length === 1
    ? []
    : actions.map((of) => [
        `  ${of.action}`,
        '',
        of.expected.toFixed(1),
        String(of.drawn),
        `${((100 * of.expected) / Math.max(expected, Number.MIN_VALUE)).toFixed(1)} %`,
      ])

const charts = (streams: readonly DrawnStream[], durationMs: number): readonly string[] =>
  streams.map(({ planned, timetable }) => `${planned.name.padEnd(10)} ${arrivalChart(timetable.rows, durationMs)}`)
