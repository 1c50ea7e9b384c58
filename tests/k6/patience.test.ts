import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nullLoad } from '../../bench/null-load.ts'
import { oneStream } from '../../bench/one-stream.ts'
import { k6Path } from '../../cli/k6-path.ts'
import { patienceMs } from '../../generators/patience.ts'
import { readLines } from '../../results/read-lines.ts'
import { readTimetable } from '../../results/read-timetable.ts'

const meanMs = 1000

test('while the server holds every operator, callers give up just when their patience ends, and nobody else does', async () => {
  const { scenario, slice } = oneStream({ stream: 'phone', rowsPerSecond: 40, seconds: 6, actors: 10 })
  const streams = scenario.streams.map((spec) => ({
    ...spec,
    pool: { kind: 'staff' as const, people: 10, patienceMs: meanMs },
  }))
  const calls: { kind: string; row: number; dueMs: number; takenMs: number; leftMs: number }[] = []
  const seeds: number[] = []
  const { planned, collected } = await nullLoad({
    k6: k6Path(process.env),
    scenario: { ...scenario, streams },
    slice,
    hasPauses: false,
    during: (server) => server.stallAfter({ requests: 200, durationMs: 3000 }),
    inspect: async (dir) => {
      for await (const line of readLines(join(dir, 'ledger.ndjson.gz'))) calls.push(JSON.parse(line))
      for await (const { seed } of readTimetable(dir, 'phone')) seeds.push(seed)
    },
  })
  const patience = (row: number) => patienceMs(seeds[row] ?? 0, meanMs)
  const abandoned = calls.filter(({ kind }) => kind === 'abandoned')
  const taken = calls.filter(({ kind }) => kind === 'row')
  expect(abandoned.length).toBeGreaterThan(20)
  expect(abandoned.length + taken.length).toBe(planned)
  expect(collected.delivery).toMatchObject({ planned, started: planned, completed: planned, samplesLost: 0 })
  for (const { row, dueMs, leftMs } of abandoned) expect(leftMs - dueMs).toBeCloseTo(patience(row), 3)
  for (const { row, dueMs, takenMs } of taken) expect(takenMs - dueMs).toBeLessThanOrEqual(patience(row))
})
