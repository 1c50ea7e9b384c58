import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../../model/run-record.ts'
import { acceptInto } from '../../../results/comparison/accept.ts'
import { blocksOfRun, readBaseline } from '../../../results/comparison/baseline-file.ts'
import { compare, noBaseline } from '../../../results/comparison/compare.ts'
import { differences } from '../../../results/comparison/fingerprint.ts'
import { baselineRunOf, readFinishedRun } from '../../../results/comparison/finished-run.ts'
import { withComparison } from '../../../results/comparison/with-comparison.ts'
import { emptyFolder } from '../fixture.ts'
import { comparableRun } from './comparable-run.ts'

const accepted = async (file: string, changes: Parameters<typeof comparableRun>[0] = {}, isReplacing = false) => {
  const finished = await readFinishedRun((await comparableRun(changes)).dir)
  return acceptInto(file, { ...finished, run: baselineRunOf(finished) }, isReplacing)
}

const id = (name: string): { record: Partial<RunRecord> } => ({ record: { id: name } })

describe('a baseline', () => {
  it('keeps the blocks of every step as the run had them', async () => {
    const file = join(emptyFolder(), 'baselines', 'one.json')
    const { dir } = await comparableRun()
    const finished = await readFinishedRun(dir)
    await acceptInto(file, { ...finished, run: baselineRunOf(finished) }, false)
    const [run] = readBaseline(file)?.runs ?? []
    const blocks = run ? blocksOfRun(run) : []
    expect(blocks.map(({ step }) => step)).toEqual(['lookup', 'book', 'hold', 'search'])
    expect(JSON.stringify(blocks)).toBe(JSON.stringify(finished.steps))
  })

  it('is a small file with a step a line', async () => {
    const file = join(emptyFolder(), 'one.json')
    await accepted(file)
    const lines = readFileSync(file, 'utf8').split('\n')
    expect(lines.filter((line) => line.includes('"journey"'))).toHaveLength(4)
    expect(lines.join('\n').length).toBeLessThan(40_000)
  })

  it('takes more runs of the same load, forgets the oldest, and takes none twice', async () => {
    const file = join(emptyFolder(), 'one.json')
    for (let run = 1; run <= 11; run++) await accepted(file, { ...id(`r${run}`), rows: 40 })
    const ids = readBaseline(file)?.runs.map((run) => run.id)
    expect(ids).toEqual(['r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8', 'r9', 'r10', 'r11'])
    await expect(accepted(file, { ...id('r11'), rows: 40 })).rejects.toThrow(/a run that is not yet in .*, got r11/)
  })

  it('refuses a run of another load, naming every field that differs, unless it is to take their place', async () => {
    const file = join(emptyFolder(), 'one.json')
    await accepted(file, { rows: 40 })
    const other = { record: { id: 'other', target: 'staging' }, script: 'another', rows: 40 }
    await expect(accepted(file, other)).rejects.toThrow(
      /got another load:\n {2}target: embedded in the baseline, staging in the run\n {2}script: \w+ in the baseline, \w+ in the run$/,
    )
    expect((await accepted(file, other, true)).runs.map((run) => run.id)).toEqual(['other'])
  })

  it.each([
    ['no JSON', 'nope', /expected a baseline in .*, got .*JSON/],
    ['a number that is none', '{"schemaVersion":1,"kind":"baseline","runs":[NaN]}', /got .*JSON/],
    ['a newer schema', '{"schemaVersion":2}', /got schemaVersion 2, of a newer collaudo/],
    ['no runs', '{"schemaVersion":1,"kind":"baseline","runs":[]}', /runs: .*\n|fingerprint: .*/],
  ])('with %s is refused with the field', (_, text, message) => {
    const file = join(emptyFolder(), 'one.json')
    writeFileSync(file, text)
    expect(() => readBaseline(file)).toThrow(message)
  })
})

describe('a finished run', () => {
  it('is like itself, and unlike one with another seed, plan or host', async () => {
    const one = await readFinishedRun((await comparableRun({ rows: 40 })).dir)
    const same = await readFinishedRun((await comparableRun({ rows: 40 })).dir)
    expect(differences(one.fingerprint, same.fingerprint)).toEqual([])
    const more = await readFinishedRun((await comparableRun({ rows: 80 })).dir)
    expect(differences(one.fingerprint, more.fingerprint)).toEqual([expect.stringMatching(/^timetables: /)])
  })

  it('without a plan, or without a request, is refused', async () => {
    await expect(readFinishedRun(emptyFolder())).rejects.toThrow(/expected a run record in .*run.json, got ENOENT/)
    const { dir } = await comparableRun({ rows: 40 })
    writeFileSync(join(dir, 'cells.ndjson.gz'), gzipSync(''))
    await expect(readFinishedRun(dir)).rejects.toThrow(/expected a run with requests in its judged phases/)
    writeFileSync(join(dir, 'plan.json'), '{}')
    await expect(readFinishedRun(dir)).rejects.toThrow(/expected the plan of a run in .*plan.json, got \n/)
  })
})

describe('the verdict of a comparison', () => {
  const side = async (name: string, searchFactor: number) => {
    const { record, steps } = await readFinishedRun((await comparableRun({ searchFactor, ...id(name) })).dir)
    return { record, of: { name, runs: [{ id: name, steps }] } }
  }

  it('names what became worse, and makes a pass regressed', async () => {
    const [before, after] = [await side('before', 1), await side('after', 1.5)]
    const comparison = compare('baseline', { before: before.of, after: after.of })
    expect(comparison.verdict).toBe('regressed')
    expect(comparison.reasons[0]).toMatch(
      /^book \/ search, (typical latency|95th percentile) \(steady\): .* to .*, \+\d+/,
    )
    expect(comparison.reasons.every((reason) => reason.startsWith('book / search'))).toBe(true)
    expect(withComparison(after.record, comparison)).toMatchObject({ verdict: 'regressed', exitCode: 1, comparison })
  })

  it('is improved or a pass with exit 0 where nothing became worse', async () => {
    const [before, same, after] = [await side('before', 1), await side('same', 1), await side('after', 0.5)]
    const improved = compare('baseline', { before: before.of, after: after.of })
    expect(withComparison(after.record, improved)).toMatchObject({ verdict: 'improved', exitCode: 0 })
    const unchanged = compare('baseline', { before: before.of, after: same.of })
    expect(withComparison(same.record, unchanged)).toMatchObject({ verdict: 'pass', exitCode: 0, reasons: [] })
  })

  it('leaves a run that broke its gates what it is', async () => {
    const { record } = await side('one', 1)
    const failed: RunRecord = { ...record, verdict: 'fail', exitCode: 1, reasons: ['It broke.'] }
    const compared = withComparison(failed, noBaseline('baselines/none.json', 'one'))
    expect(compared).toMatchObject({ verdict: 'fail', exitCode: 1 })
    expect(compared.reasons[0]).toBe('It broke.')
    expect(withComparison(record, noBaseline('baselines/none.json', 'one'))).toMatchObject({
      verdict: 'no-baseline',
      exitCode: 3,
      reasons: ['There is no baseline baselines/none.json to compare with.'],
    })
  })

  it('is inconclusive where every step has too few requests', async () => {
    const few = async (name: string) => {
      const { steps } = await readFinishedRun((await comparableRun({ rows: 20, ...id(name) })).dir)
      return { name, runs: [{ id: name, steps }] }
    }
    const comparison = compare('baseline', { before: await few('a'), after: await few('b') })
    expect(comparison).toMatchObject({ verdict: 'inconclusive', reasons: [expect.stringMatching(/^Too few requests/)] })
  })
})
