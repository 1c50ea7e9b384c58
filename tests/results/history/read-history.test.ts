import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { HistoryEntry } from '../../../model/history-entry.ts'
import { readHistory } from '../../../results/history/read-history.ts'
import { readLikeRuns } from '../../../results/history/read-like-runs.ts'
import { finishedRun } from '../finished-run.ts'
import { historyRun } from './history-runs.ts'

const written = (text: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-history-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const file = join(dir, 'history.ndjson')
  writeFileSync(file, text)
  return file
}
const fileOf = (entries: readonly HistoryEntry[], torn = '') =>
  written(entries.map((entry) => `${JSON.stringify(entry)}\n`).join('') + torn)
const all = { accepts: () => true }

describe('readHistory', () => {
  it('tells apart what did not do the same to the same target, the latest kind first', async () => {
    const others: readonly Partial<HistoryEntry>[] = [
      {},
      { fingerprint: 'beef' },
      { target: 'staging' },
      { experiment: 'zone-lost' },
      { defects: [{ kind: 'lost-ack', shareRatio: 0.2 }] },
    ]
    const runs = [0, 1].flatMap((round) =>
      others.map((change, index) => historyRun(round * others.length + index, 300, change)),
    )
    const { groups, unreadableLines } = await readHistory(fileOf(runs), all)
    expect(unreadableLines).toBe(0)
    expect(groups.map(({ entries, runs: count }) => [count, ...entries.map(({ id }) => id)])).toEqual(
      [4, 3, 2, 1, 0].map((index) => [2, historyRun(index).id, historyRun(index + 5).id]),
    )
  })

  it('takes no notice of a torn last line, and counts lines that cannot be read', async () => {
    const [first, second] = [JSON.stringify(historyRun(0)), JSON.stringify(historyRun(1))]
    const torn = second.slice(0, 100)
    expect(await readHistory(written(`${first}\n${torn}`), all)).toMatchObject({
      groups: [{ runs: 1 }],
      unreadableLines: 0,
    })
    const newer = first.replace('"schemaVersion":1', '"schemaVersion":2')
    expect(await readHistory(written(`${first}\n${torn}\n${newer}\n${second}\n`), all)).toMatchObject({
      groups: [{ runs: 2 }],
      unreadableLines: 2,
    })
  })

  it('keeps the latest seventy of ten thousand like runs and counts all', async () => {
    const text = Array.from({ length: 10_000 }, (_, index) => `${JSON.stringify(historyRun(index))}\n`).join('')
    const { groups } = await readHistory(written(text), all)
    expect(groups.map(({ entries, runs }) => [entries.length, runs, entries.at(-1)?.id])).toEqual([
      [70, 10_000, historyRun(9999).id],
    ])
  })
})

describe('readLikeRuns', () => {
  it('ends with the run itself, so that a report that is rebuilt later is the same', async () => {
    const { record } = await finishedRun()
    const { target, fingerprint, experiment, defects, scenario } = record
    const like = { target, fingerprint, experiment, defects, scenario }
    const runs = [
      historyRun(0, 300, like),
      historyRun(1),
      historyRun(2, 300, { ...like, id: record.id }),
      historyRun(3, 300, like),
    ]
    const found = await readLikeRuns(fileOf(runs), record)
    expect(found.map(({ id }) => id)).toEqual([historyRun(0).id, record.id])
  })

  it('finds nothing without a history, or in one that does not know the run', async () => {
    const { record } = await finishedRun()
    expect(await readLikeRuns('/nowhere/history.ndjson', record)).toEqual([])
    const { target, fingerprint } = record
    expect(await readLikeRuns(fileOf([historyRun(0, 300, { target, fingerprint })]), record)).toEqual([])
  })
})
