import { join } from 'node:path'
import { Command } from 'commander'
import { onlyScenario, readScenario } from '../../runner/read-scenario.ts'
import { emptyFolder } from '../empty-folder.ts'
import { k6Path } from '../k6-path.ts'
import { Output, type OutputOptions } from '../output.ts'
import { parseDefects, parseSeed, parseTimeout, type SliceOptions } from '../parse-options.ts'
import { parseParts } from '../parse-parts.ts'
import { type PushOptions, pushTargetOf, withPushOptions } from '../push-options.ts'
import { repeatCommand } from '../repeat-command.ts'
import { runEvents } from '../run-events.ts'
import { runIdOf, runsDir } from '../run-id.ts'
import { sliceOf, withSliceOptions } from '../slice-options.ts'
import { sliceWords } from '../slice-words.ts'

interface RunOptions extends Partial<SliceOptions>, OutputOptions, PushOptions {
  readonly seed: string
  readonly target: string
  readonly defect: readonly string[]
  readonly timeout?: string
  readonly baseline?: string
  readonly out?: string
  readonly parts: string
}

/** `collaudo run`: the whole way from plan to verdict; exits with the verdict's code. */
export const runCommand = (signal: AbortSignal): Command =>
  withPushOptions(
    withSliceOptions(new Command('run').argument('[scenario]', 'absent: the only one of the project’s scenarios/')),
  )
    .description('Plans, prepares, loads, reads back, judges and reports; the exit code is the verdict.')
    .option('--target <target>', 'a name of `collaudo list` or the path of a YAML file', 'embedded')
    .option('--defect <name=share>', 'switch a defect of the twin on, e.g. double-booking=0.2%', collect, [])
    .option('--baseline <file>', 'compare with this baseline: worse is exit 1, none there or nothing to tell is exit 3')
    .option('--timeout <duration>', 'end the load after this time and judge what was seen until then (90s, 20m)')
    .option('--parts <n>', 'so many k6 processes that share the load, where one is not enough', '1')
    .option('--out <dir>', 'an empty folder for the run (default: runs/<id>)')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo run recup-day --day monday --from 09:00 --to 09:01\n  collaudo run recup-day --day monday --from 08:00 --to 10:00 --squeeze 5m --target staging.yaml',
    )
    .action(async (asked: string | undefined, typed: RunOptions) => {
      const name = asked ?? onlyScenario()
      const scenario = await readScenario(name, typed.streams)
      const options = { ...scenario.slice, ...typed }
      const wanted = await sliceOf(typed, scenario)
      const push = pushTargetOf(options)
      const parts = parseParts(options.parts)
      const defects = parseDefects(options.defect)
      const seed = parseSeed(options.seed)
      const timeoutMs = options.timeout === undefined ? undefined : parseTimeout(options.timeout)
      if (options.baseline !== undefined) {
        const { readBaseline } = await import('../../results/comparison/baseline-file.ts')
        readBaseline(options.baseline)
      }
      const { readTarget } = await import('../../runner/read-target.ts')
      const target = await readTarget(options.target)
      const { run } = await import('../../runner/run.ts')
      const { terminalResult } = await import('../../results/reports/terminal.ts')
      const id = runIdOf(new Date())
      const dir = await emptyFolder(options.out ?? join(runsDir, id))
      const output = new Output(options)
      const record = await run({
        scenario,
        ...wanted,
        seed,
        target,
        defects,
        id,
        dir,
        runsDir,
        signal,
        timeoutMs,
        baseline: options.baseline,
        push,
        parts,
        k6: k6Path(process.env),
        env: process.env,
        commandLine: commandLineOf(name, { ...options, days: String(wanted.slice.days ?? 1) }),
        events: runEvents(output),
      })
      output.settle()
      output.result(`${terminalResult(record, output.style)}\nreport: ${join(dir, 'report.html')}`, record)
      const { tellGithubOfRun } = await import('../tell-github-of-run.ts')
      tellGithubOfRun(record, process.env, output)
      process.exitCode = record.exitCode
    })

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

/** The command that repeats the run: every option that decides something, whether typed or not. */
const commandLineOf = (scenario: string, options: RunOptions & SliceOptions): string =>
  repeatCommand([
    'run',
    scenario,
    ...sliceWords(options),
    ...['--seed', options.seed, '--target', options.target],
    ...options.defect.flatMap((defect) => ['--defect', defect]),
    ...(options.parts === '1' ? [] : ['--parts', options.parts]),
    ...(options.timeout ? ['--timeout', options.timeout] : []),
    ...(options.baseline ? ['--baseline', options.baseline] : []),
  ])
