import { join } from 'node:path'
import type { Experiment } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import type { RunRecord } from '../model/run-record.ts'
import { emptyFolder } from './empty-folder.ts'
import { k6Path } from './k6-path.ts'
import type { Output, OutputOptions } from './output.ts'
import { parseDefects, parseSeed, parseTimeout } from './parse-options.ts'
import { type PushOptions, pushTargetOf } from './push-options.ts'
import { repeatCommand } from './repeat-command.ts'
import { runEvents } from './run-events.ts'
import { runIdOf, runsDir } from './run-id.ts'
import { staged } from './staged.ts'

export interface ChaosOptions extends OutputOptions, PushOptions {
  readonly target: string
  readonly seed: string
  readonly defect: readonly string[]
  readonly short?: boolean
  readonly dry?: boolean
  readonly timeout?: string
  readonly out?: string
}

/** An experiment that was asked for, by which name, and what ends it. */
export interface Asked {
  readonly name: string
  readonly experiment: Experiment
  readonly signal: AbortSignal
}

/** Conducts one experiment to its record. Throws a Failure before anything is changed: what cannot be done, or not here. */
export const conductExperiment = async (
  { name, experiment, signal }: Asked,
  options: ChaosOptions,
  output: Output,
): Promise<{ readonly record: RunRecord; readonly dir: string }> => {
  const { readTarget } = await import('../runner/read-target.ts')
  const { driverNameOf } = await import('../runner/driver-name.ts')
  const { guardExperiment } = await import('../runner/guard-experiment.ts')
  const { run } = await import('../runner/run.ts')
  const load = await staged(experiment)
  const defects = parseDefects(options.defect)
  const seed = parseSeed(options.seed)
  const timeoutMs = options.timeout === undefined ? undefined : parseTimeout(options.timeout)
  const push = pushTargetOf(options)
  const target = await readTarget(options.target)
  guardExperiment(experiment, target)
  mustBePossible(experiment, driverNameOf(target) ?? '')
  const id = runIdOf(new Date())
  const dir = await emptyFolder(options.out ?? join(runsDir, id))
  const record = await run({
    experiment,
    ...load,
    imageSize: 'small',
    seed,
    target,
    defects,
    id,
    dir,
    runsDir,
    signal,
    timeoutMs,
    push,
    k6: k6Path(process.env),
    env: process.env,
    commandLine: commandLineOf(name, options),
    events: runEvents(output),
  })
  output.settle()
  return { record, dir }
}

const mustBePossible = ({ name, cannot }: Experiment, driver: string): void => {
  const reason = cannot[driver]
  if (reason === undefined) return
  const what = driver === 'twin' ? 'the embedded target' : driver
  throw new Failure('cannot', `${what} cannot do ${name}: ${reason}`, 'it counts as not covered')
}

/** The command that repeats it. */
const commandLineOf = (name: string, { short, seed, target, defect, timeout }: ChaosOptions): string =>
  repeatCommand([
    'chaos',
    name,
    short && '--short',
    ...['--seed', seed, '--target', target],
    ...defect.flatMap((one) => ['--defect', one]),
    ...(timeout ? ['--timeout', timeout] : []),
  ])
