import { Command } from 'commander'
import { Failure } from '../../model/failure.ts'
import { readScenario } from '../../runner/read-scenario.ts'
import { emptyFolder } from '../empty-folder.ts'
import { k6Path } from '../k6-path.ts'
import { Output, type OutputOptions } from '../output.ts'
import { parseSeed, type SliceOptions } from '../parse-options.ts'
import { parseParts, parseStart } from '../parse-parts.ts'
import { repeatCommand } from '../repeat-command.ts'
import { runIdOf, runsDir } from '../run-id.ts'
import { sliceOf, withSliceOptions } from '../slice-options.ts'
import { sliceWords } from '../slice-words.ts'

interface SplitOptions extends Partial<SliceOptions>, OutputOptions {
  readonly seed: string
  readonly target: string
  readonly parts: string
  readonly startIn?: string
  readonly startAt?: string
  readonly image: string
  readonly namespace: string
  readonly secret: string
  readonly out: string
}

/** `collaudo split`: all that comes before a load, for machines apart to make it. */
export const splitCommand = (signal: AbortSignal): Command =>
  withSliceOptions(new Command('split').argument('<scenario>'))
    .description('Prepares a run whose load several machines make together; collaudo merge makes one record of it.')
    .requiredOption('--target <target>', 'the path of a YAML file')
    .requiredOption('--parts <n>', 'how many load generators share the rows')
    .option('--start-in <duration>', 'the load begins so long after all is ready (default: 10m)')
    .option('--start-at <time>', 'the load begins at this instant, as in 2027-01-31T22:00:00+01:00')
    .option('--image <name>', 'image with collaudo and k6, for Kubernetes', 'collaudo')
    .option('--namespace <name>', 'namespace of Kubernetes', 'default')
    .option('--secret <name>', 'secret of Kubernetes whose keys are the variables that the target names', 'collaudo')
    .requiredOption('--out <dir>', 'an empty folder for what the machines need')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo split regional-day --parts 4 --target staging.yaml --out monday\n  then on each machine: sh monday/part.sh N, and at last: collaudo merge monday',
    )
    .action(async (name: string, typed: SplitOptions) => {
      const scenario = await readScenario(name, typed.streams)
      const options = { ...scenario.slice, ...typed }
      const wanted = await sliceOf(typed, scenario)
      const [parts, seed, zero] = [parseParts(options.parts), parseSeed(options.seed), parseStart(options, Date.now())]
      const { isEmbedded, readTarget } = await import('../../runner/read-target.ts')
      const target = await readTarget(options.target)
      if (isEmbedded(target)) {
        throw new Failure(
          'usage',
          `--target: expected a target that other machines reach, got ${options.target}, which is on this one and ends with its run`,
          'collaudo run --parts N shares its load among processes',
        )
      }
      const { drawPlan } = await import('../../planner/plan.ts')
      const { split } = await import('../../runner/parts/split.ts')
      const output = new Output(options)
      const made = await split({
        ...{ scenario, target, parts, zero, runsDir, signal },
        drawn: drawPlan({ scenario, ...wanted, seed, fiscalCodes: target.fiscalCodes }),
        id: runIdOf(new Date()),
        dir: await emptyFolder(options.out),
        k6: k6Path(process.env),
        env: process.env,
        kubernetes: { image: options.image, namespace: options.namespace, secret: options.secret },
        commandLine: commandLineOf(name, { ...options, days: String(wanted.slice.days ?? 1) }),
        events: {
          phase: (text) => output.phase(text),
          loading: (loaded, total) => output.live(`prepare   ${loaded} of ${total} resources`),
        },
      })
      output.settle()
      output.result(textOf(made, options.out), made)
    })

const textOf = (
  { parts, zeroUnixMs, endsUnixMs }: { parts: number; zeroUnixMs: number; endsUnixMs: number },
  dir: string,
) =>
  [
    `split into ${parts} parts: ${dir}`,
    `the load begins at ${new Date(zeroUnixMs).toISOString()} and ends by ${new Date(endsUnixMs).toISOString()}`,
    `before that, on each of ${parts} machines with a copy of ${dir}:  sh ${dir}/part.sh N`,
    `or on Kubernetes:  ${dir}/kubernetes.yaml says how`,
    `then, with what they wrote in ${dir}/results:  collaudo merge ${dir}`,
  ].join('\n')

/** The command that repeats the split. */
const commandLineOf = (scenario: string, options: SplitOptions & SliceOptions): string =>
  repeatCommand([
    ...['split', scenario],
    ...sliceWords(options),
    ...['--seed', options.seed, '--target', options.target, '--parts', options.parts, '--out', options.out],
  ])
