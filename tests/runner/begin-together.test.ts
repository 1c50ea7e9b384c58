import { describe, expect, it } from 'vitest'
import { beginTogether } from '../../runner/begin-together.ts'

describe('two runs that begin together', () => {
  it('get one zero, after the time that all their actors need', async () => {
    const ready = beginTogether(() => 1_000_000, new AbortController().signal)
    expect(await Promise.all([ready(100), ready(150)])).toEqual([1_005_000, 1_005_000])
  })

  it('wait for each other', async () => {
    const ready = beginTogether(() => 0, new AbortController().signal)
    let isBegun = false
    const first = ready(1).then(() => {
      isBegun = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(isBegun).toBe(false)
    await ready(1)
    await first
    expect(isBegun).toBe(true)
  })

  it('do not wait for one that will never be ready', async () => {
    const other = new AbortController()
    const ready = beginTogether(() => 0, other.signal)
    const first = ready(1)
    other.abort()
    await expect(first).rejects.toThrow(/one of two runs did not come as far as its load/)
    await expect(ready(1)).rejects.toThrow(/one of two runs/)
  })
})
