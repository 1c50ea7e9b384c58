import { Command } from 'commander'
import { exitCodes } from '../../model/failure.ts'
import type { Check } from '../../runner/diagnose.ts'
import { Output, type OutputOptions } from '../output.ts'

/** `collaudo doctor`: what is missing, with its mend. */
export const doctorCommand = (signal: AbortSignal): Command =>
  new Command('doctor')
    .description('Checks Node, k6, Go, memory, file limits and the target; each failing check prints its mend.')
    .option('--target <target>', 'a name of `collaudo list` or the path of a YAML file', 'embedded')
    .addHelpText('after', '\nExamples:\n  collaudo doctor\n  collaudo doctor --target staging.yaml')
    .action(async (options: OutputOptions & { target: string }) => {
      const { diagnose } = await import('../../runner/diagnose.ts')
      const checks = await diagnose(options.target, process.env, signal)
      const output = new Output(options)
      const isWell = checks.every(({ state }) => state !== 'fail')
      output.result(checks.map((check) => line(check, output)).join('\n'), { ok: isWell, checks })
      process.exitCode = isWell ? exitCodes.pass : exitCodes.usage
    })

const line = ({ name, state, detail, mend }: Check, output: Output): string => {
  const mark = { ok: output.style('good', '✓'), warn: output.style('doubt', '!'), fail: output.style('bad', '✗') }[
    state
  ]
  return `${mark} ${name.padEnd(14)} ${detail}${mend === '' ? '' : `\n                 → ${mend}`}`
}
