import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../model/run-record.ts'
import { acceptInto } from '../../results/comparison/accept.ts'
import { baselineRunOf, readFinishedRun } from '../../results/comparison/finished-run.ts'
import { againstBaseline } from '../../runner/against-baseline.ts'
import { comparableRun } from '../results/comparison/comparable-run.ts'
import { emptyFolder, plan } from '../results/fixture.ts'

const rows = 800

const loadOf = (dir: string, { target, environment, provenance }: RunRecord) => ({
  dir,
  plan: plan(rows),
  experiment: undefined,
  target,
  environment,
  ...provenance,
})

const baselineOf = async (): Promise<string> => {
  const file = join(emptyFolder(), 'baseline.json')
  const finished = await readFinishedRun((await comparableRun({ rows })).dir)
  await acceptInto(file, { ...finished, run: baselineRunOf(finished) }, false)
  return file
}

describe('a run against a baseline', () => {
  it('is compared with it when it is over', async () => {
    const { dir, record } = await comparableRun({ rows, searchFactor: 1.5, record: { id: 'later' } })
    const judge = await againstBaseline(await baselineOf(), loadOf(dir, record))
    expect(await judge(record)).toMatchObject({ verdict: 'regressed', exitCode: 1, comparison: { kind: 'baseline' } })
  })

  it('has no baseline where there is no such file', async () => {
    const { dir, record } = await comparableRun({ rows })
    const judge = await againstBaseline('baselines/none.json', loadOf(dir, record))
    expect(await judge(record)).toMatchObject({ verdict: 'no-baseline', exitCode: 3 })
  })

  it('of another load is refused before the load, with every field that differs and the command that fits', async () => {
    const { dir, record } = await comparableRun({ rows })
    const load = { ...loadOf(dir, record), target: 'staging', k6: 'v9.9.9' }
    await expect(againstBaseline(await baselineOf(), load)).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(
        /target: embedded in the baseline, staging in the run\n {2}k6: .* v9\.9\.9 in the run/,
      ),
      hint: expect.stringContaining('run what was run for it: collaudo run'),
    })
  })
})
