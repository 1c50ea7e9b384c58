import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { Failure } from '../../model/failure.ts'
import { Output, type OutputOptions } from '../output.ts'
import { runsDir } from '../run-id.ts'

interface CleanOptions extends OutputOptions {
  readonly target: string
  readonly run?: string
  readonly shared?: boolean
}

/** `collaudo clean`: removes from a lasting target what a run, or `prepare`, has made there. */
export const cleanCommand = (signal: AbortSignal): Command =>
  new Command('clean')
    .description(
      'Removes what a run made on a target that lasts, in each of its systems; on containers: the images that were built.',
    )
    .requiredOption('--target <target>', 'a name of `collaudo list` or the path of a YAML file')
    .option('--run <run>', 'id of a run, its folder, or the namespace that prepare printed')
    .option('--shared', 'also the patients of its seed and the structures, which other runs may still use')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo clean --target staging.yaml --run r20261124-231305-042\n  collaudo clean --target staging.yaml --run runs/r20261124-231305-042 --shared\n  collaudo clean --target containers',
    )
    .action(async (options: CleanOptions) => {
      const { isContained, isEmbedded, readTarget } = await import('../../runner/read-target.ts')
      const target = await readTarget(options.target)
      if (isContained(target)) return cleanImages(options)
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

/** Containers, networks and volumes end with their run; images stay for the next one. */
const cleanImages = async (options: CleanOptions): Promise<void> => {
  if (options.run !== undefined || options.shared) {
    const given = options.run === undefined ? '--shared' : `--run ${options.run}`
    const hint = 'leave it out; collaudo restore ends what a run has left that was killed'
    throw new Failure('usage', `expected no run for containers, whose data ends with it, got ${given}`, hint)
  }
  const { findEngine } = await import('../../containers/engine.ts')
  const { removeImages } = await import('../../containers/image.ts')
  const { removed: images, inUse } = await removeImages(await findEngine())
  const kept = inUse > 0 ? `; ${inUse} are in use by a container and stay` : ''
  const text = `removed from the engine: ${images} images${kept}`
  new Output(options).result(text, { target: 'containers', removed: { images } })
}

interface Made {
  readonly namespace: string
  readonly seed: number | undefined
}

/** The tag of a run, from its record where there is one. Its seed is known only then. */
const namespaceOf = async ({ run, shared }: CleanOptions, target: string): Promise<Made> => {
  if (run === undefined) {
    const hint = 'name one of the folders in runs/'
    throw new Failure('usage', `--run: expected the id of a run or its folder for the target ${target}, got none`, hint)
  }
  const dir = existsSync(run) ? run : join(runsDir, run)
  if (existsSync(join(dir, 'run.json'))) {
    const { readRecord } = await import('../../results/stored-record.ts')
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
