import { join } from 'node:path'
import { Command } from 'commander'
import { Failure } from '../../model/failure.ts'
import type { Slice } from '../../model/plan.ts'
import type { Scenario } from '../../model/scenario.ts'
import { readScenario } from '../../runner/read-scenario.ts'
import { capacityEvents } from '../capacity-events.ts'
import { parseSearch, type TypedSearch } from '../capacity-options.ts'
import { emptyFolder } from '../empty-folder.ts'
import { k6Path } from '../k6-path.ts'
import { Output, type OutputOptions } from '../output.ts'
import { parseSeed, type SliceOptions } from '../parse-options.ts'
import { type PushOptions, pushTargetOf, withPushOptions } from '../push-options.ts'
import { repeatCommand } from '../repeat-command.ts'
import { reportSearch } from '../report-search.ts'
import { runIdOf, runsDir } from '../run-id.ts'
import { sliceOf, withSliceOptions } from '../slice-options.ts'
import { sliceWords } from '../slice-words.ts'

interface CapacityOptions extends Partial<SliceOptions>, OutputOptions, TypedSearch, PushOptions {
  readonly seed: string
  readonly target: string
  readonly out?: string
}

/** `collaudo capacity`: run after run until the limits of the systems are found; exits with whether they carry the forecast. */
export const capacityCommand = (signal: AbortSignal): Command =>
  withPushOptions(withSearchOptions(withSliceOptions(new Command('capacity').argument('<scenario>'))))
    .description('Finds the highest load that meets the gates, the knee, the breakpoint and what breaks first.')
    .action(async (name: string, options: CapacityOptions) => {
      const search = parseSearch(options)
      const push = pushTargetOf(options)
      const scenario = await readScenario(name, options.streams)
      const { slice, imageSize } = await sliceOfTrials(options, scenario)
      const { readTarget, isEmbedded } = await import('../../runner/read-target.ts')
      const target = await readTarget(options.target)
      if (search.without && !isEmbedded(target)) throw unremovable(options)
      const { findCapacity } = await import('../../runner/capacity.ts')
      const id = runIdOf(new Date())
      const dir = await emptyFolder(options.out ?? join(runsDir, id))
      const output = new Output(options)
      const commandLine = commandLineOf(name, slice, options)
      const record = await findCapacity({
        ...search,
        run: {
          scenario,
          slice,
          imageSize,
          seed: parseSeed(options.seed),
          target,
          defects: [],
          id,
          dir,
          runsDir,
          k6: k6Path(process.env),
          env: process.env,
          commandLine,
          signal,
          push,
        },
        events: capacityEvents(output),
      })
      output.settle()
      const { writeCapacity } = await import('../../results/capacity/stored-capacity.ts')
      writeCapacity(dir, record)
      const { pushCapacity } = await import('../../runner/push-capacity.ts')
      if (push) await pushCapacity(record, { to: push, env: process.env, tell: (text) => output.phase(text) })
      await reportSearch(dir, output)
      process.exitCode = record.exitCode
    })

const withSearchOptions = (command: Command): Command =>
  command
    .option('--target <target>', 'a name of `collaudo list` or the path of a YAML file', 'embedded')
    .option('--from-scale <factor>', 'the first load that is tried; from there it grows by half, or shrinks', '1')
    .option('--max-scale <factor>', 'no higher load is tried', '64')
    .option('--precision <per cent>', 'a limit is found when it is known so well', '5%')
    .option('--within <duration>', 'no trial begins that would end later (5m, 1h)', '1h')
    .option('--forecast <factor>', 'the load that has to be carried, in times the scenario’s', '1')
    .option('--growth <per cent>', 'of the load in a year, for the months until the limit: 3%/year or 2%..5%/year')
    .option('--without <replica>', 'search once more without this replica: recup#2 is one of two (embedded target)')
    .option('--out <dir>', 'an empty folder for the search (default: runs/<id>)')
    .addHelpText(
      'after',
      '\nA trial replays the busiest hour of the day, squeezed into 30 s or as long as its journeys need, unless the slice options say otherwise.\n' +
        '\nExamples:\n  collaudo capacity recup-day --growth 2%..5%/year\n' +
        '  collaudo capacity regional-day --from-scale 4 --squeeze 2m --within 1h --target staging.yaml',
    )

const hourMs = 3_600_000

/** The slice of every trial: the busiest hour where no times are named, in as much time as its journeys need where none is. */
const sliceOfTrials = async (options: CapacityOptions, scenario: Scenario) => {
  if (options.replay !== undefined) {
    const message = `--replay: expected none, got ${options.replay}: real arrivals cannot be multiplied`
    throw new Failure('usage', message, 'leave --replay out')
  }
  const { slice: typed, imageSize } = await sliceOf(options, scenario)
  const isTimed = options.from !== undefined || options.to !== undefined || options.days !== undefined
  const { days: _, ...oneDay } = typed
  const { trialLengthMs } = await import('../../runner/trial-length.ts')
  const trialMs = trialLengthMs(scenario)
  const { busiestHour } = await import('../../planner/busiest-hour.ts')
  const slice = isTimed || lengthOf(oneDay) <= hourMs ? typed : { ...oneDay, ...busiestHour(scenario, oneDay) }
  const squeezeMs = slice.squeezeMs ?? (lengthOf(slice) > trialMs ? trialMs : undefined)
  return { slice: { ...slice, meanDay: true as const, ...(squeezeMs && { squeezeMs }) }, imageSize }
}

const lengthOf = ({ fromMs, toMs }: Slice): number => toMs - fromMs

const unremovable = ({ without, target }: CapacityOptions): Failure =>
  new Failure(
    'usage',
    `--without: expected only with a target that collaudo starts itself, got ${without} on ${target}`,
    'take the replica away on the target, and search again',
  )

/** The command that repeats it: every option that decides something, whether typed or not. */
const commandLineOf = (scenario: string, slice: Slice, options: CapacityOptions): string =>
  repeatCommand([
    'capacity',
    scenario,
    ...sliceWords({
      ...options,
      ...{ day: slice.day, from: timeOf(slice.fromMs), to: timeOf(slice.toMs), days: String(slice.days ?? 1) },
      ...(slice.squeezeMs !== undefined && { squeeze: `${slice.squeezeMs / 1000}s` }),
    }),
    ...['--from-scale', options.fromScale, '--max-scale', options.maxScale, '--precision', options.precision],
    ...['--within', options.within, '--forecast', options.forecast],
    ...(options.growth ? ['--growth', options.growth] : []),
    ...(options.without ? ['--without', options.without] : []),
    ...['--seed', options.seed, '--target', options.target],
  ])

const timeOf = (ms: number): string => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(ms / hourMs))}:${two(Math.floor((ms % hourMs) / 60_000))}`
}
