import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../../model/run-record.ts'
import { runAnnotations } from '../../../results/reports/run-annotations.ts'
import { finishedRun } from '../finished-run.ts'
import { integrity } from '../fixture.ts'

const withVerdict = (record: RunRecord, verdict: RunRecord['verdict']): RunRecord => ({
  ...record,
  exitCode: 1,
  verdict,
  gates: record.gates.slice(0, 1).map((gate) => ({ ...gate, verdict })),
})

describe('runAnnotations', () => {
  it('says nothing of a pass', async () => {
    expect(runAnnotations((await finishedRun()).record)).toEqual([])
  })

  it('says why a run fails and how it is repeated, before the gates', async () => {
    const { record } = await finishedRun({ integrity: integrity({ lost: 3 }) })
    expect(runAnnotations(record)).toEqual([
      {
        kind: 'error',
        title: 'FAIL: recup-day on embedded',
        message: `3 writes were acknowledged and lost\nRepeat it: ${record.provenance.commandLine}`,
      },
      {
        kind: 'error',
        title: 'nothing-lost of recup-day: fail',
        message: '3, limit 0 (steady): assumption',
      },
    ])
  })

  it.each<[RunRecord['verdict'], readonly string[]]>([
    ['fail', ['error', 'error']],
    ['regressed', ['error', 'error']],
    ['invalid', ['error', 'warning']],
    ['inconclusive', ['error', 'warning']],
    ['no-baseline', ['error', 'warning']],
  ])('tells a gate that is %s as it is, and that the job fails as an error', async (verdict, kinds) => {
    const { record } = await finishedRun()
    expect(runAnnotations(withVerdict(record, verdict)).map(({ kind }) => kind)).toEqual(kinds)
  })
})
