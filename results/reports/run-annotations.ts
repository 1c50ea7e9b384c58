import { exitCodes } from '../../model/failure.ts'
import type { GateResult, RunRecord } from '../../model/run-record.ts'
import { formatLimit, formatObserved } from '../format.ts'
import type { Annotation } from './github-annotations.ts'
import { headline } from './headline.ts'
import { worstFirst } from './worst-first.ts'

/** What a job says of a run: why it does not pass and how it is repeated, then the gates that were not met, worst first. Nothing of a pass. */
export const runAnnotations = (record: RunRecord): readonly Annotation[] => {
  if (record.exitCode === exitCodes.pass) return []
  const { word, sentence } = headline(record)
  const what = record.experiment ?? record.scenario
  const title = `${word}: ${what} on ${record.target}`
  // The runner cuts a message after 4,096 characters (actions/runner, ExecutionContext.cs: _maxIssueMessageLength).
  const message = [sentence, `Repeat it: ${record.provenance.commandLine}`, ...record.reasons.slice(1)].join('\n')
  return [{ kind: 'error', title, message }, ...worstFirst(record.gates).flatMap((gate) => gateAnnotation(gate, what))]
}

const gateAnnotation = (gate: GateResult, what: string): readonly Annotation[] => {
  const message = `${formatObserved(gate)}, limit ${formatLimit(gate)} (${gate.phase}): ${gate.why}`
  const title = `${gate.name} of ${what}: ${gate.verdict}`
  switch (gate.verdict) {
    case 'pass':
    case 'improved':
      return []
    case 'fail':
    case 'regressed':
      return [{ kind: 'error', title, message }]
    case 'inconclusive':
    case 'invalid':
    case 'no-baseline':
      return [{ kind: 'warning', title, message }]
  }
}
