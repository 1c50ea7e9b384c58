import { join } from 'node:path'
import { Command } from 'commander'
import { Failure } from '../../model/failure.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { withoutBaseline } from '../../results/comparison/accept.ts'
import { Output, type OutputOptions } from '../output.ts'
import { runFolderOf } from '../run-id.ts'

interface AcceptOptions extends OutputOptions {
  readonly file?: string
  readonly replace?: boolean
}

/** `collaudo baseline accept`: takes a finished run as normal. */
export const baselineCommand = (): Command => {
  const accept = new Command('accept')
    .argument('<run>', 'id of a run, or its folder')
    .description('Takes a finished run as normal: adds it to the baseline of its scenario and target.')
    .option('--file <file>', 'the baseline (default: baselines/<scenario or experiment>-<target>.json)')
    .option('--replace', 'forget the runs that are in it')
    .action(async (run: string, options: AcceptOptions) => {
      const { readFinishedRun, baselineRunOf } = await import('../../results/comparison/finished-run.ts')
      const { acceptInto } = await import('../../results/comparison/accept.ts')
      const finished = await readFinishedRun(runFolderOf(run))
      mustBeNormal(finished.record)
      const file = options.file ?? fileOf(finished.record)
      const { runs } = await acceptInto(file, { ...finished, run: baselineRunOf(finished) }, options.replace === true)
      const output = new Output(options)
      output.result(
        `accepted ${finished.record.id}: ${file} has ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}\n→ review and commit it; compare with it: ${comparing(finished.record, file)}`,
        { file, runs: runs.map(({ id }) => id) },
      )
    })
  return new Command('baseline')
    .description('Keeps what is normal: a small file that is reviewed and committed.')
    .addHelpText(
      'after',
      '\nExamples:\n  collaudo baseline accept r20261124-231305-042\n  collaudo baseline accept runs/r20261124-231305-042 --replace',
    )
    .addCommand(accept)
}

/** Experiments and pairs are compared once they are over. */
const comparing = ({ provenance: { commandLine } }: RunRecord, file: string): string =>
  / collaudo run /.test(commandLine)
    ? `${withoutBaseline(commandLine)} --baseline ${file}`
    : `npx collaudo compare RUN ${file}`

const fileOf = ({ scenario, experiment, target }: RunRecord): string =>
  join('baselines', `${experiment ?? scenario}-${target}.json`)

/** What failed, or what nobody could judge, is not normal. */
const mustBeNormal = ({ id, verdict, ended }: RunRecord): void => {
  if (ended === 'completed' && ['pass', 'improved', 'regressed', 'no-baseline'].includes(verdict)) return
  throw new Failure(
    'usage',
    `expected a run that met its gates, got ${id}: ${verdict}, ${ended}`,
    'accept another run: collaudo run … until its verdict is pass',
  )
}
