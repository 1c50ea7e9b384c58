import { describe, expect, it } from 'vitest'
import type { Trial } from '../../model/capacity-record.ts'
import { Failure } from '../../model/failure.ts'
import { bracketOf } from '../../results/capacity/next-scale.ts'
import { type LimitSearch, searchLimit } from '../../runner/search-limit.ts'
import { breaksAt, overloaded, trial } from '../results/capacity/trial.ts'

const bounds = { fromScale: 1, maxScale: 64, precisionRatio: 0.05 }
const trialMs = 60_000
const late = (scale: number): Trial =>
  trial(scale, {
    verdict: 'invalid',
    meetsGates: 'unknown',
    followsLoad: 'unknown',
    reasons: ['timer-lag: 90 ms, limit 50 ms: the load generator was too late to judge this.'],
  })
const usual = (scale: number): Trial => (scale > breaksAt ? overloaded(scale) : trial(scale))

/** A search on a clock of its own, on which each trial takes a minute. */
const searched = async (
  make: (scale: number, number: number) => Trial | Failure = usual,
  changes: Partial<LimitSearch> = {},
) => {
  let nowMs = 1e9
  const seen: string[] = []
  const search = await searchLimit({
    bounds,
    withinMs: 3_600_000,
    now: () => nowMs,
    signal: new AbortController().signal,
    onTrial: ({ scale }) => seen.push(String(scale)),
    make: async ({ scale, aim }, number) => {
      nowMs += trialMs
      const made = make(scale, number)
      if (made instanceof Failure) throw made
      return { ...made, aim }
    },
    ...changes,
  })
  return { ...search, seen, scales: search.trials.map(({ scale }) => scale) }
}

describe('searchLimit', () => {
  it('makes trials until the limits are found, and tells of each', async () => {
    const { ended, endedBecause, trials, seen } = await searched()
    expect({ ended, endedBecause }).toEqual({ ended: 'found', endedBecause: '' })
    const { low = 0, high = 0 } = bracketOf(trials, 'gate-limit', bounds)
    expect([low <= breaksAt, high > breaksAt, high / low < 1.05]).toEqual([true, true, true])
    expect(seen).toEqual(trials.map(({ scale }) => String(scale)))
    expect(new Set(trials.filter(({ scale }) => scale <= high).map(({ scale }) => scale)).size).toBeGreaterThanOrEqual(
      8,
    )
  })

  it('makes a trial once more in which the load generator was late', async () => {
    const { ended, scales } = await searched((scale, number) => (number === 3 ? late(scale) : usual(scale)))
    expect(ended).toBe('found')
    expect(scales.slice(0, 4)).toEqual([1, 1.5, 2.25, 2.25])
  })

  it('calls the load generator the limit when it was late twice, never the systems', async () => {
    const { ended, endedBecause, scales } = await searched((scale) => (scale > 1 ? late(scale) : trial(scale)))
    expect(ended).toBe('load-generator')
    expect(scales).toEqual([1, 1.5, 1.5])
    expect(endedBecause).toContain('the load generator is the limit here, not the systems')
    expect(endedBecause).toContain('timer-lag: 90 ms')
  })

  it('is interrupted also where nothing more would have been tried', async () => {
    const interrupt = new AbortController()
    const { ended, scales } = await searched(
      (scale, number) => {
        if (number === 2) interrupt.abort()
        return usual(scale)
      },
      { bounds: { ...bounds, maxScale: 1.5 }, signal: interrupt.signal },
    )
    expect([ended, scales]).toEqual(['interrupted', [1, 1.5]])
  })

  it('does not hide that a target is still changed', async () => {
    const changed = new Failure('not-restored', 'expected no container, got one', 'collaudo restore')
    await expect(searched((scale, number) => (number === 2 ? changed : usual(scale)))).rejects.toBe(changed)
  })

  it('begins no trial that would end after its time', async () => {
    const { ended, endedBecause, scales } = await searched(usual, { withinMs: 4.5 * trialMs })
    expect(ended).toBe('time')
    expect(scales).toHaveLength(4)
    expect(endedBecause).toBe('the time of --within was over')
  })

  it('has found its limits when the time only lacked for the knee', async () => {
    const whole = await searched()
    const needed = whole.trials.findIndex(({ aim }) => aim === 'curve')
    const { ended, trials } = await searched(usual, { withinMs: needed * trialMs })
    expect(trials).toEqual(whole.trials.slice(0, needed))
    expect(ended).toBe('found')
  })

  it('ends where a load cannot be made, and keeps what it knows', async () => {
    const room = new Failure('usage', 'expected 9.0 GB of memory for 9000 actors, got 4.0 GB', 'lower --scale')
    const { ended, endedBecause, scales } = await searched((scale) => (scale > 2 ? room : trial(scale)))
    expect(ended).toBe('refused')
    expect(scales).toEqual([1, 1.5])
    expect(endedBecause).toBe(`× 2.25 could not be tried: ${room.message}`)
  })

  it('fails as its first trial does: then nothing is known', async () => {
    const refused = new Failure('refused', 'expected no production, got it', 'choose another target')
    await expect(searched(() => refused)).rejects.toBe(refused)
  })

  it.each([
    ['interrupted', 'the search was interrupted'],
    ['crashed', 'k6 or a journey crashed at × 2.25'],
  ] as const)('ends with a trial that was %s, and keeps it', async (how, because) => {
    const broken = (scale: number) =>
      scale >= 2 ? trial(scale, { ended: how, meetsGates: 'unknown', followsLoad: 'unknown' }) : trial(scale)
    const { ended, endedBecause, scales } = await searched(broken)
    expect({ ended, endedBecause }).toEqual({ ended: how, endedBecause: because })
    expect(scales).toEqual([1, 1.5, 2.25])
  })

  it('is interrupted between two trials, and before the load of one', async () => {
    const controller = new AbortController()
    const between = await searched(
      (scale) => {
        controller.abort()
        return trial(scale)
      },
      { signal: controller.signal },
    )
    expect([between.ended, between.scales]).toEqual(['interrupted', [1]])
    const stopped = new Failure('interrupted', 'expected to go on, got SIGINT', 'nothing is left running')
    const before = await searched((scale) => (scale > 1 ? stopped : trial(scale)))
    expect([before.ended, before.scales]).toEqual(['interrupted', [1]])
  })

  it('says that the highest load that may be tried was reached', async () => {
    const { ended, endedBecause } = await searched(usual, { bounds: { ...bounds, maxScale: 2 } })
    expect({ ended, endedBecause }).toEqual({ ended: 'max-scale', endedBecause: '--max-scale 2 was reached' })
  })
})
