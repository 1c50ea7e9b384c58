import { describe, expect, it } from 'vitest'
import { AbortGuard } from '../../chaos/abort-guard.ts'

/** What a guard says in each second of steps of which some fail. */
const says = (failedPerSecond: readonly number[], perSecond = 10): readonly boolean[] => {
  const guard = new AbortGuard({ streams: ['emergency'], limitRatio: 0.2 })
  let sent = 0
  let failed = 0
  return failedPerSecond.map((more, second) => {
    sent += perSecond
    failed += more
    return (
      guard.see(second * 1000, {
        counts: { emergency: { sent, failed, good: 0 }, web: { sent, failed: sent, good: 0 } },
        brokenPromises: 0,
      }) !== undefined
    )
  })
}

describe('AbortGuard', () => {
  it('says nothing while those to be spared are well, whatever happens to others', () => {
    expect(says(Array.from({ length: 30 }, () => 0))).not.toContain(true)
  })

  it('breaks off when both the long and the short window are too bad', () => {
    const said = says([...Array.from({ length: 15 }, () => 0), ...Array.from({ length: 15 }, () => 8)])
    expect(said.slice(0, 17)).not.toContain(true)
    expect(said.at(-1)).toBe(true)
  })

  it('passes over a burst that is over', () => {
    expect(
      says([...Array.from({ length: 15 }, () => 0), 10, 10, ...Array.from({ length: 12 }, () => 0)]),
    ).not.toContain(true)
  })

  it('says nothing of a few steps', () => {
    expect(
      says(
        Array.from({ length: 15 }, () => 1),
        1,
      ),
    ).not.toContain(true)
  })

  it('says which streams suffer and how much', () => {
    const guard = new AbortGuard({ streams: ['emergency'], limitRatio: 0.2 })
    guard.see(0, { counts: {}, brokenPromises: 0 })
    expect(guard.see(1000, { counts: { emergency: { sent: 100, failed: 50, good: 50 } }, brokenPromises: 0 })).toBe(
      '50.0 % of the steps of emergency failed in 15 s and 50.0 % in the last 4 s, limit 20.0 %',
    )
  })

  it('breaks off at the first broken promise that is seen', () => {
    expect(new AbortGuard(undefined).see(0, { counts: {}, brokenPromises: 1 })).toMatch(/^1 promises were broken/)
  })

  it('guards nothing else where nothing was to be spared', () => {
    expect(
      new AbortGuard(undefined).see(0, { counts: { web: { sent: 100, failed: 100, good: 0 } }, brokenPromises: 0 }),
    ).toBeUndefined()
  })
})
