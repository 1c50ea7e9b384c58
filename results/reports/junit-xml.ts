import { create } from 'xmlbuilder2'
import type { GateResult, RunRecord } from '../../model/run-record.ts'
import { formatCount, formatLimit, formatObserved } from '../format.ts'
import { headline } from './headline.ts'

/** A test case as CI systems show it: `failure` the systems broke a gate, `error` nothing could be said, `skipped` there is nothing to compare with. */
interface TestCase {
  readonly name: string
  readonly phase: string
  readonly state: 'passed' | 'failure' | 'error' | 'skipped'
  readonly message: string
  readonly details: readonly string[]
}

/** `junit.xml`: a test case for each gate, one for the comparison with a baseline, and one for the run as a whole, which holds every reason of its verdict. */
export const junitXml = (record: RunRecord): string => {
  const cases = [whole(record), ...caseOfComparison(record), ...record.gates.map(caseOfGate)]
  const inState = (wanted: TestCase['state']) => cases.filter(({ state }) => state === wanted).length
  const counts = {
    tests: cases.length,
    failures: inState('failure'),
    errors: inState('error'),
    time: (Date.parse(record.endedAt) - Date.parse(record.startedAt)) / 1000,
  }
  // GitLab keeps only the first of several cases of the same name: experiments of a suite share their scenarios.
  const what = record.experiment ?? record.scenario
  const suite = create({ version: '1.0', encoding: 'UTF-8' })
    .ele('testsuites', { name: 'collaudo', ...counts })
    .ele('testsuite', {
      name: `${what} on ${record.target}`,
      timestamp: record.startedAt,
      ...counts,
      skipped: inState('skipped'),
    })
  const properties = suite.ele('properties')
  for (const [key, value] of Object.entries(propertiesOf(record))) properties.ele('property', { name: key, value })
  for (const { name: caseName, phase, state, message, details } of cases) {
    const element = suite.ele('testcase', { classname: `${what}.${phase}`, name: caseName, time: 0 })
    if (state === 'passed') element.ele('system-out').txt(readable(message))
    // GitLab shows what stands inside the element and passes over its message (docs.gitlab.com/ci/testing/unit_test_reports).
    else element.ele(state, { message: readable(message), type: state }).txt(readable([message, ...details].join('\n')))
  }
  return suite.end({ prettyPrint: true })
}

const propertiesOf = (record: RunRecord) => ({
  run: record.id,
  verdict: record.verdict,
  ended: record.ended,
  seed: record.seed,
  fingerprint: record.fingerprint,
  commandLine: readable(record.provenance.commandLine),
})

const whole = (record: RunRecord): TestCase => {
  const { word, sentence } = headline(record)
  return {
    name: 'verdict',
    phase: 'run',
    state: stateOf(record.verdict),
    message: `${word}: ${sentence}`,
    details: [...record.reasons, `Repeat it: ${record.provenance.commandLine}`],
  }
}

const caseOfComparison = ({ comparison }: RunRecord): readonly TestCase[] => {
  if (!comparison) return []
  const { before, verdict, reasons } = comparison
  return [
    {
      name: 'comparison',
      phase: 'run',
      state: stateOf(verdict),
      message: `with ${before.name}: ${verdict}`,
      details: reasons,
    },
  ]
}

const caseOfGate = (gate: GateResult): TestCase => ({
  name: gate.name,
  phase: gate.phase,
  state: stateOf(gate.verdict),
  message: `${formatObserved(gate)}, limit ${formatLimit(gate)} (${formatCount(gate.samples)} samples)`,
  details: [gate.why],
})

const stateOf = (verdict: RunRecord['verdict']): TestCase['state'] => {
  switch (verdict) {
    case 'pass':
    case 'improved':
      return 'passed'
    case 'fail':
    case 'regressed':
      return 'failure'
    case 'inconclusive':
    case 'invalid':
      return 'error'
    case 'no-baseline':
      return 'skipped'
  }
}

/** XML 1.0 has no place for most control characters, not even escaped. */
const readable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
