import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { HistoryEntry } from '../../model/history-entry.ts'
import { historyRun } from '../results/history/history-runs.ts'
import { type Ended, startCollaudo } from './start-collaudo.ts'

/** A working directory with a history of such lines. */
const folderWith = (lines: readonly string[]): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-history-'))
  mkdirSync(join(dir, 'runs'))
  writeFileSync(join(dir, 'runs', 'history.ndjson'), lines.join('\n'))
  return dir
}
const history = (dir: string, ...args: readonly string[]): Promise<Ended> =>
  startCollaudo(['history', ...args], {}, dir).ended

const p95Ms = [300, 302, 298, 301, 299, 303, 297, 700]
const lines = p95Ms.map((value, nth) => JSON.stringify(historyRun(nth, value)))
const other: Partial<HistoryEntry> = { scenario: 'imaging-day', fingerprint: 'beef' }
const all = [...lines, JSON.stringify(historyRun(20, 100, other)), lines[0]?.slice(0, 50) ?? '']

describe('collaudo history', () => {
  test('shows the trend of each step, what is usual, and the run that is outside, whatever tore the last line', async () => {
    const { exitCode, stdout, stderr } = await history(folderWith(all), 'recup-day')
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^recup-day on embedded, seed 7, plan f00d: 8 runs$/m)
    expect(stdout).toMatch(/web \/ book \/ search +▄▄▄▄▄▄▄█ +700 ms +300 ms ± \d[\d.]* ms +above: p50, p95, p99$/m)
    expect(stdout).toMatch(/^Usual: .* of 7 earlier runs/m)
    expect(stdout).toMatch(/^ {2}r20261101-070000-000 \(pass\): web \/ book \/ search above: p50, p95, p99$/m)
    expect(stdout).not.toContain('imaging-day')
  })

  test('gives one JSON document of all kinds of runs, the latest first', async () => {
    const { exitCode, stdout } = await history(folderWith(all), '--json')
    const { groups, unreadableLines } = JSON.parse(stdout)
    expect([exitCode, unreadableLines]).toEqual([0, 0])
    expect(groups.map(({ scenario, runs }: { scenario: string; runs: number }) => [scenario, runs])).toEqual([
      ['imaging-day', 1],
      ['recup-day', 8],
    ])
    expect(groups[1].steps[0].points.at(-1)).toMatchObject({
      ...{ p95Ms: 700, verdict: 'pass' },
      bands: { p95Ms: { median: 300, runs: 7 } },
      outside: [{ figure: 'p50Ms' }, { figure: 'p95Ms', side: 'above' }, { figure: 'p99Ms' }],
    })
  })

  test('shows one step run by run', async () => {
    const { stdout } = await history(folderWith(all), '--step', 'web / book / search', 'recup-day')
    expect(stdout.match(/^ {2}r202611.*bd6d783/gm)).toHaveLength(8)
  })

  test.each<[string, readonly string[], RegExp]>([
    ['a scenario that never ran', ['nope'], /expected runs of recup-day, imaging-day in .*, got nope/],
    ['a step that there is none of', ['--step', 'a/b/c'], /--step: expected one of web\/book\/search, got a\/b\/c/],
    ['an option that there is not', ['--last', '3'], /unknown option '--last'/],
  ])('ends with 2 and says what is there for %s', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await history(folderWith(all), ...args)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(stderr).toContain('→')
  })

  test('ends with 2 where no run has been', async () => {
    const { exitCode, stderr } = await startCollaudo(['history']).ended
    expect(exitCode).toBe(2)
    expect(stderr).toContain('expected a history in runs/history.ndjson, got none')
  })
})
