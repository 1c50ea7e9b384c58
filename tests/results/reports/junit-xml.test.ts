import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../../model/run-record.ts'
import { junitXml } from '../../../results/reports/junit-xml.ts'
import { finishedRun } from '../finished-run.ts'
import { integrity } from '../fixture.ts'

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: true })

const suiteOf = (record: RunRecord) => {
  const { testsuites } = parser.parse(junitXml(record))
  return testsuites.testsuite
}
const caseNamed = (record: RunRecord, name: string) =>
  suiteOf(record).testcase.find((testCase: { name: string }) => testCase.name === name)

describe('junitXml', () => {
  it('has a passed case for each gate of a good run and one for its verdict', async () => {
    const { record } = await finishedRun()
    const suite = suiteOf(record)
    expect(suite).toMatchObject({ name: 'recup-day on embedded', tests: 6, failures: 0, errors: 0, time: 100 })
    expect(suite.testcase.map(({ name }: { name: string }) => name)).toEqual([
      'verdict',
      ...record.gates.map(({ name }) => name),
    ])
    expect(caseNamed(record, 'search-p95')).toMatchObject({
      classname: 'recup-day.steady',
      'system-out': '381 ms, limit 800 ms (160 samples)',
    })
    expect(suite.properties.property).toContainEqual({ name: 'run', value: record.id })
  })

  it('fails the gate that was broken and the verdict, with every reason', async () => {
    const { record } = await finishedRun({ integrity: integrity({ lost: 3 }) })
    expect(suiteOf(record)).toMatchObject({ failures: 2, errors: 0 })
    expect(caseNamed(record, 'nothing-lost').failure).toMatchObject({ type: 'failure', '#text': 'assumption' })
    expect(caseNamed(record, 'verdict').failure).toMatchObject({
      message: 'FAIL: 3 writes were acknowledged and lost',
      '#text': '3 writes were acknowledged and lost.',
    })
  })

  it('calls a run that proves nothing an error: neither passed nor failed', async () => {
    const { record } = await finishedRun({ ended: 'timed-out' })
    expect(suiteOf(record)).toMatchObject({ failures: 0, errors: 1 })
    expect(caseNamed(record, 'verdict').error['#text']).toBe('The run was stopped by its time limit before its end.')
  })

  it('stays well-formed whatever a reason or a command says', async () => {
    const { record } = await finishedRun()
    const nasty = '<b>&"\'\u0000\u001b[31m]]>\uffff'
    const altered = {
      ...record,
      verdict: 'fail' as const,
      reasons: [nasty],
      provenance: { ...record.provenance, commandLine: nasty },
    }
    expect(caseNamed(altered, 'verdict').failure['#text']).toBe('<b>&"\'��[31m]]>�')
  })
})
