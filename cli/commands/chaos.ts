import { join } from 'node:path'
import { Command } from 'commander'
import type { Experiment } from '../../model/experiment.ts'
import { emptyFolder } from '../empty-folder.ts'
import { k6Path } from '../k6-path.ts'
import { liveBlock } from '../live-block.ts'
import { Output, type OutputOptions } from '../output.ts'
import { parseDefects, parseSeed, parseTimeout } from '../parse-options.ts'
import { runIdOf, runsDir } from '../run-id.ts'

interface ChaosOptions extends OutputOptions {
  readonly target: string
  readonly seed: string
  readonly defect: readonly string[]
  readonly short?: boolean
  readonly timeout?: string
  readonly out?: string
}

/** `collaudo chaos`: the load of an experiment with its faults; exits with the verdict's code. */
export const chaosCommand = (signal: AbortSignal): Command =>
  new Command('chaos')
    .argument('<experiment>')
    .description(
      'Runs an experiment: load, faults on its clock, their proof and their end; the exit code is the verdict.',
    )
    .option('--target <target>', 'a name of `collaudo list` or the path of a YAML file', 'embedded')
    .option('--seed <n>', 'whole number from 0; same seed, same plan and same hits', '1')
    .option('--short', 'the same in sixteen seconds: whether it can be conducted, not whether the systems hold')
    .option('--defect <name=share>', 'switch a defect of the twin on, e.g. no-timeout=1', collect, [])
    .option('--timeout <duration>', 'end it after this time, restore, and judge what was seen until then (90s, 20m)')
    .option('--out <dir>', 'an empty folder for the run (default: runs/<id>)')
    .addHelpText('after', '\nExamples:\n  collaudo chaos slow-database\n  collaudo chaos my-experiment.yaml --short')
    .action(async (name: string, options: ChaosOptions) => {
      const { readExperiment } = await import('../../runner/read-experiment.ts')
      const { shortForm } = await import('../../runner/short-form.ts')
      const read = await readExperiment(name)
      const record = await conducted(options.short ? shortForm(read) : read, options, { name, signal })
      process.exitCode = record.exitCode
    })

const conducted = async (
  experiment: Experiment,
  options: ChaosOptions,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal },
) => {
  const { readTarget } = await import('../../runner/read-target.ts')
  const { guardExperiment } = await import('../../runner/guard-experiment.ts')
  const { stageExperiment } = await import('../../runner/stage-experiment.ts')
  const staged = stageExperiment(experiment)
  const defects = parseDefects(options.defect)
  const seed = parseSeed(options.seed)
  const timeoutMs = options.timeout === undefined ? undefined : parseTimeout(options.timeout)
  const target = await readTarget(options.target)
  guardExperiment(experiment, target)
  const { run } = await import('../../runner/run.ts')
  const { terminalResult } = await import('../../results/reports/terminal.ts')
  const id = runIdOf(new Date())
  const dir = await emptyFolder(options.out ?? join(runsDir, id))
  const output = new Output(options)
  const record = await run({
    experiment,
    ...staged,
    imageSize: 'small',
    seed,
    target,
    defects,
    id,
    dir,
    runsDir,
    signal,
    timeoutMs,
    k6: k6Path(process.env),
    env: process.env,
    commandLine: commandLineOf(name, options),
    events: {
      phase: (text) => output.phase(text),
      loading: (loaded, total) => output.live(`prepare   ${loaded} of ${total} resources`),
      live: (snapshot, waiting) => output.live(liveBlock(snapshot, waiting)),
    },
  })
  output.settle()
  output.result(`${terminalResult(record, output.style)}\nreport: ${join(dir, 'report.html')}`, record)
  return record
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

/** The command that repeats it. */
const commandLineOf = (name: string, { short, seed, target, defect, timeout }: ChaosOptions): string =>
  [
    `collaudo chaos ${name}`,
    short && '--short',
    `--seed ${seed} --target ${target}`,
    ...defect.map((one) => `--defect ${one}`),
    timeout && `--timeout ${timeout}`,
  ]
    .filter(Boolean)
    .join(' ')
