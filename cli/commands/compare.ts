import { join } from 'node:path'
import { Command } from 'commander'
import { Failure } from '../../model/failure.ts'
import { compareRuns } from '../compare-runs.ts'
import { type ComparePairOptions, conductPair } from '../conduct-pair.ts'
import { Output } from '../output.ts'
import { parseShare } from '../parse-options.ts'
import { withSliceOptions } from '../slice-options.ts'

type CompareOptions = ComparePairOptions & { readonly ab?: boolean; readonly floor?: string }

/** `collaudo compare`: a run with a baseline or another run, or two targets under one load. */
export const compareCommand = (signal: AbortSignal): Command =>
  withSliceOptions(new Command('compare').argument('<what...>', 'RUN BASELINE, or with --ab: TARGET TARGET SCENARIO'))
    .description('Says what became better or worse: a run against a baseline, or two targets side by side.')
    .option('--ab', 'run the same rows at the same moments against two targets; the first is the one before')
    .option('--floor <share>', 'smaller changes are of no account (default: 10%, with --ab 3%)')
    .option('--timeout <duration>', 'with --ab: end the load after this time and judge what was seen until then')
    .option('--out <dir>', 'with --ab: an empty folder for both runs (default: runs/<id>)')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo compare r20261124-231305-042 baselines/recup-day-staging.json\n  collaudo compare --ab old.yaml new.yaml recup-day --day monday --from 09:00 --to 09:01',
    )
    .action(async (what: readonly string[], options: CompareOptions) => {
      const floorRatio = options.floor === undefined ? undefined : parseShare('--floor', options.floor)
      const { comparisonText } = await import('../../results/reports/comparison-text.ts')
      if (options.ab) {
        const [before = '', after = '', scenario = ''] = exactly(what, 3, 'TARGET TARGET SCENARIO')
        const output = new Output(options)
        const pair = await conductPair({ before, after, scenario, floorRatio, signal }, options, output)
        const { comparison, record, dir } = pair
        const report = join(dir, 'after', 'report.html')
        const { verdict, exitCode, reasons } = record
        const others = reasons
          .filter((reason) => !comparison.reasons.includes(reason))
          .map((reason) => `  also: ${reason}\n`)
        const text = `${comparisonText(comparison, output.style, verdict)}${others.join('')}\nreport: ${report}`
        output.result(text, { verdict, exitCode, reasons, dir, comparison })
        const { tellGithubOfRun } = await import('../tell-github-of-run.ts')
        tellGithubOfRun(record, process.env, output)
        process.exitCode = exitCode
        return
      }
      mustNotBeTyped(options)
      const [run = '', baseline = ''] = exactly(what, 2, 'RUN BASELINE')
      const { comparison, exitCode } = await compareRuns(run, baseline, floorRatio)
      const output = new Output(options)
      output.result(comparisonText(comparison, output.style), comparison)
      process.exitCode = exitCode
    })

const exactly = (what: readonly string[], count: number, names: string): readonly string[] => {
  if (what.length === count) return what
  throw new Failure('usage', `compare: expected ${names}, got ${what.join(' ')}`, 'collaudo compare --help')
}

const onlyWithPair = [
  'day',
  'days',
  'from',
  'to',
  'scale',
  'streams',
  'squeeze',
  'fullVolume',
  'imageSize',
  'replay',
  'timeout',
  'out',
] as const

/** What says how to load applies to loads only. */
const mustNotBeTyped = (options: CompareOptions): void => {
  const idle = onlyWithPair.filter((name) => options[name] !== undefined)
  if (idle.length === 0) return
  const names = idle.map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`)
  throw new Failure('usage', `compare: expected ${names.join(', ')} only with --ab, got it without`, 'leave it out')
}
