import { Command } from 'commander'
import type { DrawnPlan, DrawnStream } from '../../planner/plan.ts'
import { arrivalChart } from '../arrival-chart.ts'
import { emptyFolder } from '../empty-folder.ts'
import { Output, type OutputOptions } from '../output.ts'
import { parseSeed, parseSlice, type SliceOptions } from '../parse-options.ts'
import { scenarioNamed, withSliceOptions } from '../slice-options.ts'

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
      const slice = parseSlice(options, scenario)
      const { readTarget } = await import('../../runner/read-target.ts')
      const { fiscalCodes } = await readTarget(options.target)
      const { drawPlan } = await import('../../planner/plan.ts')
      const { writeRunFolder } = await import('../../planner/run-folder.ts')
      const drawn = drawPlan({ scenario, slice, seed: parseSeed(options.seed), fiscalCodes })
      if (options.out !== undefined) await writeRunFolder(await emptyFolder(options.out), drawn)
      new Output(options).result(textOf(drawn, options), drawn.plan)
    })

const textOf = ({ plan, streams }: DrawnPlan, { chart, out }: PlanOptions): string => {
  const { operations } = plan.totals
  const { patients, schedules, slots, appointments } = plan.dataset
  return [
    `${plan.scenario}: ${Math.round(plan.durationMs / 1000)} s with warm-up, seed ${plan.seed}`,
    ...table(streams),
    `operations: expected ${operations?.expected.toFixed(1)}, drawn ${operations?.drawn}`,
    `to prepare: ${patients} patients with a prescription each, ${schedules} agendas with ${slots} slots, ${appointments} appointments`,
    ...(chart ? charts(streams, plan.durationMs) : []),
    `fingerprint: ${plan.fingerprint.slice(0, 16)}`,
    ...(out === undefined ? [] : [`written: ${out}`]),
  ].join('\n')
}

const table = (streams: readonly DrawnStream[]): readonly string[] => {
  const rows = streams.map(({ planned }) => [
    planned.name,
    planned.expected.toFixed(1),
    String(planned.drawn),
    String(planned.warmUp),
    String(planned.open),
    String(planned.pool),
    `${Math.round(planned.poolMemoryBytes / 1e6)} MB`,
  ])
  const all = [['stream', 'expected', 'drawn', 'in warm-up', 'under way', 'actors', 'memory'], ...rows]
  return all.map((cells) => cells.map((cell, column) => (column === 0 ? cell.padEnd(10) : cell.padStart(11))).join(''))
}

const charts = (streams: readonly DrawnStream[], durationMs: number): readonly string[] =>
  streams.map(({ planned, timetable }) => `${planned.name.padEnd(10)} ${arrivalChart(timetable.rows, durationMs)}`)
