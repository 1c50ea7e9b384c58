import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { Failure } from '../../model/failure.ts'
import { Output, type OutputOptions } from '../output.ts'
import { runsDir } from '../run-id.ts'

interface CleanOptions extends OutputOptions {
  readonly target: string
  readonly run: string
  readonly shared?: boolean
}

/** `collaudo clean`: removes from a lasting target what a run, or `prepare`, has made there. */
export const cleanCommand = (signal: AbortSignal): Command =>
  new Command('clean')
    .description('Removes what a run made on a target that lasts, in each of its systems.')
    .requiredOption('--target <target>', 'a name of `collaudo list` or the path of a YAML file')
    .requiredOption('--run <run>', 'id of a run, its folder, or the namespace that prepare printed')
    .option('--shared', 'also the patients of its seed and the structures, which other runs may still use')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo clean --target staging.yaml --run r20261124-231305-042\n  collaudo clean --target staging.yaml --run runs/r20261124-231305-042 --shared',
    )
    .action(async (options: CleanOptions) => {
      const { isEmbedded, readTarget } = await import('../../runner/read-target.ts')
      const target = await readTarget(options.target)
      if (isEmbedded(target)) {
        throw new Failure(
          'usage',
          '--target: expected a target that lasts, got embedded, which ends with its run and takes its data along',
          'name the YAML file of the target that the run had',
        )
      }
      const { namespace, seed } = await namespaceOf(options, target.name)
      const { cleanTarget } = await import('../../runner/clean-target.ts')
      const output = new Output(options)
      const removed = await cleanTarget({
        target,
        namespace,
        sharedOfSeed: options.shared ? seed : undefined,
        runsDir,
        env: process.env,
        signal,
        onRemoved: (type, count) => output.live(`clean     ${type} ${count} removed`),
      })
      output.settle()
      const counts = Object.entries(removed).map(([type, count]) => `${type} ${count}`)
      output.result(`removed from ${target.name} what ${namespace} had made: ${counts.join(', ')}`, {
        target: target.name,
        namespace,
        removed,
      })
    })

interface Made {
  readonly namespace: string
  readonly seed: number | undefined
}

/** The tag of a run, from its record where there is one. Its seed is known only then. */
const namespaceOf = async ({ run, shared }: CleanOptions, target: string): Promise<Made> => {
  const dir = existsSync(run) ? run : join(runsDir, run)
  if (existsSync(join(dir, 'run.json'))) {
    const { readRecord } = await import('../../results/record.ts')
    return ofTarget(readRecord(dir), target)
  }
  if (!shared) return { namespace: run, seed: undefined }
  throw new Failure(
    'usage',
    `--shared: expected a run with a record, which knows its seed, got ${run}`,
    'leave --shared out, or name the folder of the run',
  )
}

const ofTarget = (record: Made & { readonly id: string; readonly target: string }, target: string): Made => {
  if (record.target === target) return record
  throw new Failure(
    'usage',
    `--run: expected a run on ${target}, got ${record.id}, which was on ${record.target}`,
    `name the target ${record.target}, or another run`,
  )
}
