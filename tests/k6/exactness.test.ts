import { expect, test } from 'vitest'
import { nullLoad } from '../../bench/null-load.ts'
import { oneStream } from '../../bench/one-stream.ts'
import { k6Path } from '../../cli/k6-path.ts'

const k6 = k6Path(process.env)

test('at 300 rows a second every row is started once and ends', async () => {
  const { planned, ended, collected } = await nullLoad({
    k6,
    ...oneStream({ stream: 'counter', rowsPerSecond: 300, seconds: 5, actors: 300 }),
    hasPauses: false,
  })
  expect(ended).toBe('completed')
  expect(planned).toBeGreaterThan(1500)
  expect(collected.delivery).toMatchObject({ planned, started: planned, completed: planned, cut: 0, samplesLost: 0 })
  expect(collected.rowsStartedTwice).toBe(0)
})

test('after the server has stalled every row that waited is started, and none twice', async () => {
  const { planned, collected } = await nullLoad({
    k6,
    ...oneStream({ stream: 'counter', rowsPerSecond: 300, seconds: 8, actors: 200 }),
    hasPauses: false,
    during: (server) => server.stallAfter({ requests: 300, durationMs: 3000 }),
  })
  expect(collected.delivery).toMatchObject({ planned, started: planned, completed: planned, samplesLost: 0 })
  expect(collected.delivery.workerWaitMs.max).toBeGreaterThan(1000)
  expect(collected.rowsStartedTwice).toBe(0)
})
