import { describe, expect, it } from 'vitest'
import type { StepOutcome } from '../../../model/outcome.ts'
import { StreamTally } from '../../../results/capacity/stream-tally.ts'
import { SystemTally } from '../../../results/capacity/system-tally.ts'
import { Histogram } from '../../../results/histogram.ts'

const stretch = { fromMs: 10_000, toMs: 40_000 }

/** Rows that come evenly, each of which is served so long after it was due. */
const rowsOf = (perSecond: number, servedAfterMs: (dueMs: number) => number | undefined) => {
  const tally = new StreamTally(stretch)
  for (let row = 0; row < 40 * perSecond; row++) {
    const dueMs = (row * 1000) / perSecond
    tally.due({ dueMs: dueMs, isUnderWay: false, thinkMs: 0 })
    const startedMs = dueMs + 1
    tally.take({ kind: 'row', stream: 'web', row, dueMs, takenMs: dueMs, startedMs })
    const afterMs = servedAfterMs(dueMs)
    if (afterMs === undefined) continue
    tally.take({ kind: 'end', stream: 'web', row, endedMs: dueMs + afterMs, outcome: 'done' })
  }
  return tally
}

describe('StreamTally', () => {
  it('counts what was due and what was served inside the stretch, and the backlog at both ends', () => {
    const flow = rowsOf(10, () => 500).flow('web')
    expect(flow).toMatchObject({ stream: 'web', offered: 300, ended: 300, done: 300, fallsBehind: false })
    expect([flow.backlogFrom, flow.backlogTo]).toEqual([5, 5])
  })

  it('sees a stream fall behind that is served more slowly than it comes', () => {
    const flow = rowsOf(10, (dueMs) => 500 + dueMs * 0.1).flow('web')
    expect(flow.backlogTo - flow.backlogFrom).toBeGreaterThan(25)
    expect(flow.fallsBehind).toBe(true)
  })

  it('does not take for falling behind what chance does to long journeys', () => {
    const tally = rowsOf(1, (dueMs) => (dueMs < 25_000 ? 60_000 : undefined))
    expect(tally.flow('web')).toMatchObject({ backlogFrom: 10, backlogTo: 40, fallsBehind: true })
    const few = new StreamTally(stretch)
    for (let row = 0; row < 100; row++) few.due({ dueMs: row < 80 ? 0 : 20_000, isUnderWay: false, thinkMs: 0 })
    expect(few.flow('web')).toMatchObject({ backlogFrom: 80, backlogTo: 100, fallsBehind: false })
  })

  it('lets a stream that has just opened fill with as many as its pauses make', () => {
    const opening = (thinkMs: number) => {
      const tally = new StreamTally(stretch)
      for (let row = 0; row < 60; row++) {
        const dueMs = 10_000 + row * 500
        tally.due({ dueMs, isUnderWay: false, thinkMs })
        tally.take({ kind: 'end', stream: 'pharmacy', row, endedMs: dueMs + 10_000, outcome: 'done' })
      }
      return tally.flow('pharmacy')
    }
    expect(opening(10_000)).toMatchObject({ backlogFrom: 0, backlogTo: 20, fallsBehind: false })
    expect(opening(100)).toMatchObject({ backlogFrom: 0, backlogTo: 20, fallsBehind: true })
  })

  it('counts who gave up as not served', () => {
    const tally = new StreamTally(stretch)
    for (let row = 0; row < 300; row++) {
      const dueMs = 10_000 + row * 100
      tally.due({ dueMs: dueMs, isUnderWay: false, thinkMs: 0 })
      if (row % 2 === 0) tally.take({ kind: 'abandoned', stream: 'phone', row, dueMs, leftMs: dueMs + 10 })
      else {
        tally.take({ kind: 'row', stream: 'phone', row, dueMs, takenMs: dueMs, startedMs: dueMs })
        tally.take({ kind: 'end', stream: 'phone', row, endedMs: dueMs + 10, outcome: 'done' })
      }
    }
    expect(tally.flow('phone')).toMatchObject({ offered: 300, ended: 300, done: 150, fallsBehind: true })
  })

  it('counts what ended otherwise as ended and not as done', () => {
    const tally = new StreamTally(stretch)
    tally.take({ kind: 'end', stream: 'web', row: 0, endedMs: 12_000, outcome: 'failed' })
    expect(tally.flow('web')).toMatchObject({ ended: 1, done: 0 })
  })

  it('counts a journey that was under way from the start on as there, whenever its next step is due', () => {
    const tally = new StreamTally(stretch)
    for (let row = 0; row < 80; row++) {
      tally.due({ dueMs: row * 500, isUnderWay: true, thinkMs: 0 })
      tally.take({ kind: 'end', stream: 'phone', row, endedMs: row * 500 + 10, outcome: 'done' })
    }
    for (let row = 80; row < 160; row++) tally.due({ dueMs: (row - 80) * 500, isUnderWay: false, thinkMs: 0 })
    expect(tally.flow('phone')).toMatchObject({
      offered: 60,
      ended: 60,
      backlogFrom: 80,
      backlogTo: 80,
      fallsBehind: false,
    })
  })

  it('tells the wait for an actor of the rows that were due in the stretch', () => {
    const tally = new StreamTally(stretch)
    const waited = (row: number, dueMs: number, waitMs: number) =>
      tally.take({ kind: 'row', stream: 'web', row, dueMs, takenMs: dueMs + waitMs, startedMs: dueMs + waitMs })
    waited(0, 5000, 60_000)
    waited(1, 15_000, 3000)
    expect(tally.flow('web').waitMs).toBe(3000)
  })
})

/** Requests to a system: so many sent evenly in each second, with durations by when they were sent. */
const systemOf = (perSecond: number, durationMs: (sentMs: number) => number, outcome: StepOutcome = 'ok') => {
  const tally = new SystemTally(stretch)
  for (let atMs = 0; atMs < 45_000; atMs += 1000) {
    const fromSent = new Histogram()
    for (let request = 0; request < perSecond; request++) {
      fromSent.record(durationMs(atMs + (request * 1000) / perSecond))
    }
    const place = { phase: 'steady', atMs, widthMs: 1000, stream: 'web', journey: 'book', step: 'search' } as const
    tally.take({ kind: 'step', ...place, outcome, fromSent })
  }
  return tally.flow('recup')
}

describe('SystemTally', () => {
  it('counts answers by when they came, not by when they were asked for', () => {
    const steady = systemOf(40, () => 250)
    expect(steady.goodPerSecond).toBeCloseTo(40, 9)
    expect(steady).toMatchObject({ failedRatio: 0, goodLowPerSecond: 40, goodHighPerSecond: 40 })
    expect(steady.meanMs).toBeCloseTo(250)
    expect(steady.inFlight).toBeCloseTo(10, 1)
    expect(steady.little.expectedInFlight).toBeCloseTo(10)
    expect(steady.little.isPlateau).toBe(true)
  })

  it('sees what a system can do when more is asked of it: 80/s of 100/s, whose waits grow', () => {
    const held = systemOf(100, (sentMs) => 50 + sentMs * 0.25)
    expect(held.goodPerSecond).toBeGreaterThan(78)
    expect(held.goodPerSecond).toBeLessThan(82)
    expect(held.goodHighPerSecond - held.goodLowPerSecond).toBeLessThan(10)
    // Little's law is off by 100/80 − 1.
    expect(held.little.gapRatio).toBeCloseTo(0.25, 1)
    expect(held.little.isPlateau).toBe(false)
  })

  it('does not count what failed as done', () => {
    expect(systemOf(40, () => 10_000, 'timed-out')).toMatchObject({ goodPerSecond: 0, failedRatio: 1, meanMs: 0 })
  })
})
