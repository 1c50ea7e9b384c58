import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { comparisonSchema } from '../../model/comparison.ts'
import { comparableRun } from '../results/comparison/comparable-run.ts'
import { startCollaudo } from './start-collaudo.ts'

const inFolder = (dir: string) => (args: readonly string[]) => startCollaudo(args, {}, dir).ended

describe('baseline and compare', { timeout: 60_000 }, () => {
  test('a run is accepted, and the next is judged by it', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'collaudo-compare-'))
    const run = inFolder(dir)
    const [before, same, worse] = [
      await comparableRun({ record: { id: 'before' } }),
      await comparableRun({ record: { id: 'same' } }),
      await comparableRun({ record: { id: 'worse' }, searchFactor: 1.5 }),
    ]
    const accepted = await run(['baseline', 'accept', before.dir])
    const file = join('baselines', 'recup-day-embedded.json')
    expect(accepted).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`accepted before: ${file} has 1 run`),
    })
    expect(existsSync(join(dir, file))).toBe(true)
    expect(await run(['compare', same.dir, file])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^PASS/),
    })
    const regressed = await run(['compare', worse.dir, file, '--json'])
    expect(regressed.exitCode).toBe(1)
    expect(comparisonSchema.parse(JSON.parse(regressed.stdout)).verdict).toBe('regressed')
    expect(await run(['compare', worse.dir, file, '--floor', '90%'])).toMatchObject({ exitCode: 0 })
    expect(await run(['compare', before.dir, worse.dir])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^IMPROVED/),
    })
  })

  test.each<[string, RegExp, (dir: string) => Promise<readonly string[]>]>([
    ['a run that is not there', /expected a run record in .*nope/, async () => ['compare', 'nope', 'nope.json']],
    [
      'a baseline that is not there',
      /expected a baseline in nope.json, got no file/,
      async () => ['compare', (await comparableRun({ rows: 40 })).dir, 'nope.json'],
    ],
    [
      'a run that failed',
      /expected a run that met its gates, got .*: fail, completed/,
      async () => ['baseline', 'accept', (await comparableRun({ rows: 40, record: { verdict: 'fail' } })).dir],
    ],
    [
      'a run of another scenario',
      /expected the load of .*, got another:\n {2}timetables: /,
      async () => ['compare', (await comparableRun({ rows: 40 })).dir, (await comparableRun({ rows: 80 })).dir],
    ],
    ['too little', /compare: expected RUN BASELINE, got one/, async () => ['compare', 'one']],
    [
      'two targets for a scenario',
      /expected TARGET TARGET SCENARIO, got a b/,
      async () => ['compare', '--ab', 'a', 'b'],
    ],
    ['a slice without --ab', /expected --scale only with --ab/, async () => ['compare', 'a', 'b', '--scale', '2']],
    [
      'a floor that is none',
      /--floor: expected a share such as 3%, got 300/,
      async () => ['compare', 'a', 'b', '--floor', '300'],
    ],
  ])('%s: exit 2 with one message and its mend', async (_, message, args) => {
    const dir = mkdtempSync(join(tmpdir(), 'collaudo-compare-'))
    const { exitCode, stderr, stdout } = await inFolder(dir)(await args(dir))
    expect(stderr).toMatch(message)
    expect(exitCode).toBe(2)
    expect(stderr.match(/^collaudo: /gm)).toHaveLength(1)
    expect(stderr).toContain('→')
    expect(stderr).not.toMatch(/^ {4}at /m)
    expect(stdout).toBe('')
  })
})

describe('two targets side by side', { timeout: 240_000 }, () => {
  test('carry the same rows at the same moments, and the slower one is named with its step', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'collaudo-compare-'))
    const workers = (factors: object) => ({ recup: { count: 16, serviceMs: 40, factors } })
    const target = { schemaVersion: 1, name: 'embedded', environment: 'embedded' }
    writeFileSync(join(dir, 'old.yaml'), JSON.stringify({ ...target, workers: workers({}) }))
    writeFileSync(join(dir, 'new.yaml'), JSON.stringify({ ...target, workers: workers({ 'GET /fhir/Slot': 2.5 }) }))
    const slice = ['--day', 'monday', '--from', '09:00', '--to', '09:01', '--squeeze', '20s', '--scale', '3']
    const { exitCode, stdout } = await inFolder(dir)([
      ...['compare', '--ab', 'old.yaml', 'new.yaml', 'recup-day', ...slice, '--out', 'pair', '--json'],
    ])
    const { comparison: json, ...judged } = JSON.parse(stdout)
    const comparison = comparisonSchema.parse(json)
    expect(comparison.verdict).toBe('regressed')
    expect(judged).toMatchObject({ exitCode, dir: 'pair' })
    expect(comparison.reasons).toContainEqual(expect.stringMatching(/^book \/ search, /))
    // Whoever measures on a busy machine may not be believed (3); what was found is told all the same.
    expect([1, 3]).toContain(exitCode)
    const timetables = ['before', 'after'].map((side) =>
      readFileSync(join(dir, 'pair', side, 'timetable-web.tsv'), 'utf8'),
    )
    expect(timetables[0]).toBe(timetables[1])
    const zeros = ['before', 'after'].map(
      (side) => JSON.parse(readFileSync(join(dir, 'pair', side, 'run.json'), 'utf8')).zeroAt,
    )
    expect(zeros[0]).toBe(zeros[1])
    expect(readFileSync(join(dir, 'pair', 'after', 'report.html'), 'utf8')).toContain('<h2>Comparison')
  })
})
