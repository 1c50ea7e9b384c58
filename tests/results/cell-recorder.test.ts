import { describe, expect, it } from 'vitest'
import type { Phase } from '../../model/phase.ts'
import type { StepDone } from '../../model/sample.ts'
import { CellRecorder } from '../../results/cell-recorder.ts'
import { InFlight } from '../../results/in-flight.ts'

const phases: readonly Phase[] = [
  { name: 'steady', fromMs: 0, toMs: 10_000 },
  { name: 'fault', fromMs: 10_000, toMs: 20_000 },
  { name: 'recovery', fromMs: 20_000, toMs: 30_000 },
]

const step = (startedMs: number, durationMs: number): StepDone => ({
  kind: 'step',
  stream: 'web',
  journey: 'book',
  step: 'search',
  row: 1,
  outcome: 'ok',
  startedMs,
  durationMs,
})

const placeOf = (startedMs: number, durationMs: number): string | undefined => {
  const recorder = new CellRecorder(phases, 1000)
  recorder.step(step(startedMs, durationMs))
  return recorder.drain()[0]?.phase
}

describe('a step around a fault', () => {
  it.each<readonly [string, readonly [number, number], string]>([
    ['belongs to the steady phase when it has ended before the fault', [9000, 1000], 'steady'],
    ['is kept apart when it was under way when the fault began', [9000, 1001], 'crossing'],
    ['is kept apart also when it outlives the fault', [9000, 12_000], 'crossing'],
    ['belongs to the fault when it was sent with it', [10_000, 50], 'fault'],
    ['belongs to the fault when it outlives it: it has suffered from it', [19_000, 3000], 'fault'],
    ['belongs to the recovery when it was sent after it', [20_000, 50], 'recovery'],
  ])('%s', (_, [startedMs, durationMs], place) => {
    expect(placeOf(startedMs, durationMs)).toBe(place)
  })

  it('is counted when it was under way at an edge', () => {
    const inFlight = new InFlight(phases)
    for (const [startedMs, durationMs] of [
      [9000, 1000],
      [9000, 1001],
      [9000, 12_000],
      [19_000, 3000],
    ] as const) {
      inFlight.step({ startedMs, durationMs })
    }
    expect(inFlight.counts).toEqual({ atInjection: 2, atRestoration: 2 })
  })
})

it('where there is no fault a step that is long stays where it was sent', () => {
  const recorder = new CellRecorder([{ name: 'steady', fromMs: 0, toMs: 10_000 }], 1000)
  recorder.step(step(9000, 5000))
  expect(recorder.drain()[0]?.phase).toBe('steady')
})
