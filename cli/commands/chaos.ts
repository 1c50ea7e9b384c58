import { join } from 'node:path'
import { Command } from 'commander'
import { runnerDies } from '../../chaos/experiments/runner-dies.ts'
import { suites } from '../../chaos/experiments/suites.ts'
import type { Experiment } from '../../model/experiment.ts'
import { Failure } from '../../model/failure.ts'
import { type ChaosOptions, conductExperiment } from '../conduct-experiment.ts'
import { dryRun } from '../dry-run.ts'
import { Output } from '../output.ts'
import { withPushOptions } from '../push-options.ts'

/** `collaudo chaos`: the load of an experiment with its faults, or a suite of them; exits with the verdict's code. */
export const chaosCommand = (signal: AbortSignal): Command =>
  withPushOptions(new Command('chaos').argument('<experiment>'))
    .description(
      'Runs an experiment or a suite: load, faults on its clock, their proof and their end; the exit code is the verdict.',
    )
    .option('--target <target>', 'a name of `collaudo list` or the path of a YAML file', 'embedded')
    .option('--dry', 'say what would be broken and when, and break nothing')
    .option('--seed <n>', 'whole number from 0; same seed, same plan and same hits', '1')
    .option('--short', 'in ten seconds: whether it can be conducted, not whether the systems hold')
    .option('--defect <name=share>', 'switch a defect of the twin on, e.g. no-timeout=1', collect, [])
    .option('--timeout <duration>', 'end it after this time, restore, and judge what was seen until then (90s, 20m)')
    .option('--out <dir>', 'an empty folder for the run (default: runs/<id>)')
    .addHelpText('after', '\nExamples:\n  collaudo chaos slow-database\n  collaudo chaos my-experiment.yaml --short')
    .action(async (name: string, options: ChaosOptions) => {
      const output = new Output(options)
      if (name === runnerDies.name && options.dry) return output.result(dryKill, runnerDies)
      if (name === runnerDies.name) return killOne(signal, options, output)
      const suite = suites.find((one) => one.name === name)
      if (suite && !options.dry) {
        const { conductSuite } = await import('../conduct-suite.ts')
        const { suiteText } = await import('../../results/reports/suite-text.ts')
        const result = await conductSuite(suite, { options, signal }, output)
        output.result(suiteText(result, output.style), result)
        const { tellGithubOfSuite } = await import('../tell-github-of-suite.ts')
        tellGithubOfSuite(result, process.env, output)
        process.exitCode = result.exitCode
        return
      }
      const { readExperiment } = await import('../../runner/read-experiment.ts')
      const { shortForm } = await import('../../runner/short-form.ts')
      const names = (suite?.experiments ?? [name]).filter((one) => one !== runnerDies.name)
      const asked = await Promise.all(names.map(readExperiment))
      const experiments = options.short ? asked.map(shortForm) : asked
      if (options.dry) await dryRun(experiments, options.target, output)
      else for (const experiment of experiments) await conductOne(experiment, { name, signal, options }, output)
    })

const dryKill = [
  runnerDies.name,
  `  hypothesis    ${runnerDies.hypothesis}`,
  `  kills         another collaudo, while a fault of ${runnerDies.experiment} is there`,
].join('\n')

const killOne = async (signal: AbortSignal, options: ChaosOptions, output: Output): Promise<void> => {
  const idle = (['timeout', 'out', 'prometheus'] as const).find((name) => options[name] !== undefined)
  if (idle !== undefined) {
    const message = `expected no --${idle} with ${runnerDies.name}, whose run is killed and leaves no report, got one`
    throw new Failure('usage', message, `leave --${idle} out`)
  }
  const { conductSelfTest } = await import('../conduct-self-test.ts')
  const entry = await conductSelfTest(signal, options, output)
  const isClean = entry.verdict === 'pass'
  output.result(`${output.style(isClean ? 'good' : 'bad', entry.verdict.toUpperCase())} - ${entry.reasons[0]}`, entry)
  process.exitCode = entry.exitCode
}

const conductOne = async (
  experiment: Experiment,
  { name, signal, options }: { readonly name: string; readonly signal: AbortSignal; readonly options: ChaosOptions },
  output: Output,
): Promise<void> => {
  const { record, dir } = await conductExperiment({ name, experiment, signal }, options, output)
  const { terminalResult } = await import('../../results/reports/terminal.ts')
  output.result(`${terminalResult(record, output.style)}\nreport: ${join(dir, 'report.html')}`, record)
  const { tellGithubOfRun } = await import('../tell-github-of-run.ts')
  tellGithubOfRun(record, process.env, output)
  process.exitCode = record.exitCode
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]
