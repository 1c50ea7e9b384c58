import { describe, expect, it } from 'vitest'
import { Healing } from '../../chaos/healing.ts'
import type { Phase } from '../../model/phase.ts'

const phases: readonly Phase[] = [
  { name: 'warm-up', fromMs: 0, toMs: 5000 },
  { name: 'steady', fromMs: 5000, toMs: 25_000 },
  { name: 'fault', fromMs: 25_000, toMs: 45_000 },
  { name: 'recovery', fromMs: 45_000, toMs: 55_000 },
  { name: 'after', fromMs: 55_000, toMs: 65_000 },
  { name: 'relief', fromMs: 65_000, toMs: 75_000, loadRatio: 0.75 },
  { name: 'relief', fromMs: 75_000, toMs: 85_000, loadRatio: 0.5 },
  { name: 'relief', fromMs: 85_000, toMs: 95_000, loadRatio: 0.25 },
  { name: 'drain', fromMs: 95_000, toMs: 100_000 },
]

/** When a run was seen to have healed whose steps were well up to the fault and again from a second on. */
const healedMs = (wellFromSecond: number, { perSecond = 10, of = phases } = {}): number | undefined => {
  const healing = new Healing(of)
  let [sent, good] = [0, 0]
  for (let second = 0; second <= 100; second++) {
    healing.see(second * 1000, { web: { sent, failed: 0, good }, desk: { sent, failed: 0, good } })
    sent += perSecond
    good += second < 25 || second >= wellFromSecond ? perSecond : 0
  }
  return healing.healedMs
}

describe('Healing', () => {
  it.each([
    ['at the end of the last judged phase, when users are well by then', 50, 65_000],
    ['after the first stretch with less load, when they are well only then', 66, 75_000],
    ['after the second', 79, 85_000],
    ['after the last', 89, 95_000],
    ['never, when they are not well at all', 1000, undefined],
  ])('is seen %s', (_, wellFromSecond, expected) => {
    expect(healedMs(wellFromSecond)).toBe(expected)
  })

  it('is not seen in a few steps', () => {
    expect(healedMs(50, { perSecond: 0.5 })).toBeUndefined()
  })

  it('is not looked for where no stretch with less load follows', () => {
    expect(healedMs(50, { of: phases.filter(({ name }) => name !== 'relief') })).toBeUndefined()
  })
})
