import { nullLoad } from '../bench/null-load.ts'
import { oneStream } from '../bench/one-stream.ts'
import { k6Path } from '../cli/k6-path.ts'
import type { Loaded } from '../runner/load.ts'
import type { Figure, Proof } from './proof.ts'
import { timerLagsMs } from './timer-lags.ts'

const counter = { stream: 'counter', rowsPerSecond: 300, actors: 600 } as const
const limitMs = 10

const p99 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0

const startedAll = ({ delivery, rowsStartedTwice }: Loaded['collected'], planned: number): boolean =>
  delivery.started === planned && rowsStartedTwice === 0 && delivery.samplesLost === 0

const undisturbed = async (): Promise<Figure> => {
  let lags: readonly { dueMs: number; lagMs: number }[] = []
  const { planned, collected } = await nullLoad({
    k6: k6Path(process.env),
    ...oneStream({ ...counter, seconds: 60 }),
    hasPauses: false,
    inspect: async (dir) => {
      lags = await timerLagsMs(dir)
    },
  })
  const lagMs = p99(lags.map((lag) => lag.lagMs))
  return {
    figure: `${collected.delivery.started} of ${planned} rows started once, timer lag p99 ${lagMs.toFixed(1)} ms`,
    ok: startedAll(collected, planned) && lagMs <= limitMs,
  }
}

const stalled = async (): Promise<Figure> => {
  let lags: readonly { dueMs: number; lagMs: number }[] = []
  const { planned, collected } = await nullLoad({
    k6: k6Path(process.env),
    ...oneStream({ ...counter, seconds: 60 }),
    hasPauses: false,
    // 20 s into the run: 300 rows a second of two requests each.
    during: (server) => server.stallAfter({ requests: 12_000, durationMs: 10_000 }),
    inspect: async (dir) => {
      lags = await timerLagsMs(dir)
    },
  })
  // The stall ends at about 30 s; within 10 s the lag has to be back.
  const lateMs = p99(lags.filter(({ dueMs }) => dueMs > 40_000).map((lag) => lag.lagMs))
  return {
    figure: `${collected.delivery.started} of ${planned} rows started once, waits up to ${(collected.delivery.workerWaitMs.max / 1000).toFixed(1)} s, timer lag p99 ${lateMs.toFixed(1)} ms from 10 s after the stall`,
    ok: startedAll(collected, planned) && lateMs <= limitMs,
  }
}

/** The timetable is kept to the millisecond, also after the target has held every actor. */
export const exactness: Proof = {
  name: 'exactness',
  cases: [
    { name: '300 rows/s, null server, 60 s', limit: 'every row once, timer lag p99 ≤ 10 ms', run: undisturbed },
    {
      name: 'the same, server stalled for 10 s',
      limit: 'every row once, timer lag p99 ≤ 10 ms within 10 s',
      run: stalled,
    },
  ],
}
