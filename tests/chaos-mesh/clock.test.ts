import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from '../../chaos-mesh/clock.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1000 }))
afterEach(() => void vi.useRealTimers())

test('a sleep ends in time, with its signal, and at once for what is past; it leaves no listener', async () => {
  const end = new AbortController()
  const inTime = systemClock.sleepUntil(1500, end.signal)
  await vi.advanceTimersByTimeAsync(500)
  await inTime
  const past = systemClock.sleepUntil(10, end.signal)
  await vi.advanceTimersByTimeAsync(0)
  await past
  const long = systemClock.sleepUntil(1e9, end.signal)
  end.abort()
  await long
  await vi.advanceTimersByTimeAsync(0)
  expect(getEventListeners(end.signal, 'abort')).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})
