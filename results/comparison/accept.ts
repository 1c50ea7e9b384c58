import type { Baseline, BaselineRun, Fingerprint } from '../../model/baseline.ts'
import { Failure } from '../../model/failure.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { readBaseline, withRun, writeBaseline } from './baseline-file.ts'
import { differences } from './fingerprint.ts'

/** A run that is to be normal from now on. */
export interface Accepted {
  readonly record: RunRecord
  readonly fingerprint: Fingerprint
  readonly run: BaselineRun
}

/**
 * Adds a run to a baseline, or makes one of it. Throws a usage Failure for a run that is in it already, and for one of another load
 * unless it is to take the place of all that is there.
 */
export const acceptInto = async (
  file: string,
  { record, fingerprint, run }: Accepted,
  isReplacing: boolean,
): Promise<Baseline> => {
  const found = isReplacing ? undefined : readBaseline(file)
  const alone: Baseline = {
    schemaVersion: 1,
    kind: 'baseline',
    fingerprint,
    repeat: withoutBaseline(record.provenance.commandLine),
    runs: [run],
  }
  if (found) mustFit(file, found, { fingerprint, run })
  const baseline = found ? withRun(found, run) : alone
  await writeBaseline(file, baseline)
  return baseline
}

/** The run of a baseline may have been compared with an earlier one. */
export const withoutBaseline = (commandLine: string): string => commandLine.replace(/ --baseline \S+/, '')

const mustFit = (file: string, found: Baseline, { fingerprint, run }: Pick<Accepted, 'fingerprint' | 'run'>): void => {
  const differing = differences(found.fingerprint, fingerprint)
  if (differing.length > 0) {
    throw new Failure(
      'usage',
      `expected a run like those in ${file}, got another load:\n${differing.map((line) => `  ${line}`).join('\n')}`,
      'with --replace it takes their place',
    )
  }
  if (found.runs.some(({ id }) => id === run.id)) {
    throw new Failure('usage', `expected a run that is not yet in ${file}, got ${run.id}`, 'accept another run')
  }
}
