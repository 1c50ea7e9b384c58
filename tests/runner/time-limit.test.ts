import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Failure } from '../../model/failure.ts'
import { endingOf, withTimeLimit } from '../../runner/time-limit.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const interrupted = new Failure('interrupted', 'expected to go on, got SIGINT', '')

test('a run is broken off when its time is up, and says so when its load has not begun', () => {
  const { signal } = withTimeLimit(new AbortController().signal, 90_000)
  vi.advanceTimersByTime(89_999)
  expect(signal.aborted).toBe(false)
  vi.advanceTimersByTime(1)
  expect(endingOf(signal)).toBe('timed-out')
  expect(signal.reason).toMatchObject({ kind: 'timed-out', message: expect.stringContaining('no load after 90 s') })
})

test('an interruption before the limit is an interruption, and stays one after it', () => {
  const caller = new AbortController()
  const { signal } = withTimeLimit(caller.signal, 90_000)
  caller.abort(interrupted)
  vi.advanceTimersByTime(100_000)
  expect(endingOf(signal)).toBe('interrupted')
})

test('a limit that was ended never breaks anything off and holds no timer', () => {
  const { signal, end } = withTimeLimit(new AbortController().signal, 90_000)
  end()
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(100_000)
  expect(signal.aborted).toBe(false)
})

test('without a limit only the caller ends the run', () => {
  const caller = new AbortController()
  const { signal } = withTimeLimit(caller.signal, undefined)
  expect(vi.getTimerCount()).toBe(0)
  caller.abort(interrupted)
  expect(signal.aborted).toBe(true)
})
