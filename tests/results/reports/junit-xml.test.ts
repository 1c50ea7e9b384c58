import { readFileSync } from 'node:fs'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { RunRecord } from '../../../model/run-record.ts'
import { junitXml } from '../../../results/reports/junit-xml.ts'
import { finishedRun } from '../finished-run.ts'
import { integrity } from '../fixture.ts'

/** The schema that Jenkins judges reports by: jenkinsci/xunit-plugin, types/model/xsd/junit-10.xsd (MIT). */
const schema = readFileSync(new URL('jenkins-junit-10.xsd', import.meta.url), 'utf8')

const problemsOf = async (xml: string): Promise<readonly string[]> => {
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [schema] })
  return errors.map(({ message }) => message)
}

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
    expect(caseNamed(record, 'nothing-lost').failure).toMatchObject({
      type: 'failure',
      message: '3, limit 0 (400 samples)',
      '#text': '3, limit 0 (400 samples)\nassumption',
    })
    expect(caseNamed(record, 'verdict').failure).toMatchObject({
      message: 'FAIL: 3 writes were acknowledged and lost',
      '#text': `FAIL: 3 writes were acknowledged and lost\n3 writes were acknowledged and lost.\nRepeat it: ${record.provenance.commandLine}`,
    })
  })

  it('calls a run that proves nothing an error: neither passed nor failed', async () => {
    const { record } = await finishedRun({ ended: 'timed-out' })
    expect(suiteOf(record)).toMatchObject({ failures: 0, errors: 1 })
    expect(caseNamed(record, 'verdict').error['#text']).toContain(
      '\nThe run was stopped by its time limit before its end.\n',
    )
  })

  it.each<[RunRecord['verdict'], string]>([
    ['fail', 'failure'],
    ['regressed', 'failure'],
    ['invalid', 'error'],
    ['inconclusive', 'error'],
    ['no-baseline', 'skipped'],
    ['pass', 'system-out'],
    ['improved', 'system-out'],
  ])('shows a gate that is %s as %s, counts it, and is valid for Jenkins', async (verdict, element) => {
    const { record } = await finishedRun()
    const [first, ...others] = record.gates
    if (!first) throw new Error('expected a gate')
    const altered = { ...record, gates: [{ ...first, verdict }, ...others] }
    expect(caseNamed(altered, first.name)).toHaveProperty([element])
    expect(suiteOf(altered)).toMatchObject({
      tests: 6,
      failures: element === 'failure' ? 1 : 0,
      errors: element === 'error' ? 1 : 0,
      skipped: element === 'skipped' ? 1 : 0,
    })
    expect(await problemsOf(junitXml(altered))).toEqual([])
  })

  it.each([
    ['regressed', 'failure'],
    ['inconclusive', 'error'],
    ['no-baseline', 'skipped'],
    ['pass', 'system-out'],
  ] as const)('shows a comparison that is %s as %s', async (verdict, element) => {
    const { record } = await finishedRun()
    const side = { name: 'baselines/recup-day-embedded.json', runs: ['r1'] }
    const figures = { floorRatio: 0.1, floorMs: 5, floorFailuresRatio: 0.01, alphaRatio: 0.05, resamples: 1000 }
    const comparison = { kind: 'baseline', before: side, after: side, ...figures, isAcrossRuns: false } as const
    const altered = { ...record, comparison: { ...comparison, verdict, reasons: ['search became slower.'], steps: [] } }
    expect(JSON.stringify(caseNamed(altered, 'comparison')[element])).toContain(`with ${side.name}: ${verdict}`)
    expect(await problemsOf(junitXml(altered))).toEqual([])
  })

  it('is judged by a schema that finds what is wrong', async () => {
    const { record } = await finishedRun()
    expect(await problemsOf(junitXml(record).replace('<properties>', '<properties wrong="1">'))).toHaveLength(1)
    expect(await problemsOf(junitXml(record).replace(' name="search-p95"', ''))).toHaveLength(1)
  })

  it('names experiments apart that share their scenario', async () => {
    const { record } = await finishedRun()
    const suite = suiteOf({ ...record, experiment: 'zone-lost' })
    expect(suite.name).toBe('zone-lost on embedded')
    expect(suite.testcase[0].classname).toBe('zone-lost.run')
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
    expect(caseNamed(altered, 'verdict').failure['#text'].split('\n').slice(1)).toEqual([
      '<b>&"\'��[31m]]>�',
      'Repeat it: <b>&"\'��[31m]]>�',
    ])
    expect(await problemsOf(junitXml(altered))).toEqual([])
  })
})
