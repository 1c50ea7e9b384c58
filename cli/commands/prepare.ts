import { Command } from 'commander'
import { Failure } from '../../model/failure.ts'
import { readScenario } from '../../runner/read-scenario.ts'
import { Output, type OutputOptions } from '../output.ts'
import { parseSeed, type SliceOptions } from '../parse-options.ts'
import { runsDir } from '../run-id.ts'
import { sliceOf, withSliceOptions } from '../slice-options.ts'

interface PrepareOptions extends Partial<SliceOptions>, OutputOptions {
  readonly seed: string
  readonly target: string
}

/** `collaudo prepare`: loads a plan's data ahead of the run that will use it. */
export const prepareCommand = (signal: AbortSignal): Command =>
  withSliceOptions(new Command('prepare').argument('<scenario>'))
    .description('Loads patients, agendas, prescriptions and the opening state ahead of a run with the same options.')
    .requiredOption('--target <target>', 'a name of `collaudo list` or the path of a YAML file')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo prepare recup-day --target staging.yaml\n  collaudo prepare recup-day --day monday --from 08:00 --to 09:00 --target staging.yaml',
    )
    .action(async (name: string, typed: PrepareOptions) => {
      const scenario = await readScenario(name, typed.streams)
      const options = { ...scenario.slice, ...typed }
      const wanted = await sliceOf(typed, scenario)
      const { isEmbedded, readTarget } = await import('../../runner/read-target.ts')
      const target = await readTarget(options.target)
      if (isEmbedded(target)) {
        throw new Failure(
          'usage',
          '--target: expected a target that lasts, got embedded, which ends with its run',
          'collaudo run prepares it by itself; or collaudo up',
        )
      }
      const { drawPlan } = await import('../../planner/plan.ts')
      const { prepareTarget } = await import('../../runner/prepare-target.ts')
      const output = new Output(options)
      const drawn = drawPlan({ scenario, ...wanted, seed: parseSeed(options.seed), fiscalCodes: target.fiscalCodes })
      const prepared = await prepareTarget({
        scenario,
        drawn,
        target,
        signal,
        runsDir,
        env: process.env,
        onLoaded: (loaded, total) => output.live(`prepare   ${loaded} of ${total} resources`),
      })
      output.settle()
      const perSecond = Math.round(prepared.resources / prepared.seconds)
      output.result(
        `prepared ${prepared.resources} resources in ${prepared.seconds.toFixed(1)} s (${perSecond}/s) as ${prepared.namespace}`,
        prepared,
      )
    })
