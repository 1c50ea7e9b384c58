import { describe, expect, it } from 'vitest'
import { rngOf } from '../../../generators/rng.ts'
import { blockBootstrap } from '../../../results/comparison/block-bootstrap.ts'
import { Histogram } from '../../../results/histogram.ts'
import { stepBlocks } from './blocks.ts'

const options = { isPaired: false, resamples: 2000, rng: rngOf(7) }

/** Survival of mice in days, treated and not: B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993, table 2.1. */
const treated = [94, 197, 16, 38, 99, 141, 23]
const control = [52, 104, 146, 10, 51, 30, 40, 27, 46]

/** A block of one request whose latency is 2^((i - 0.5) / 32) s. */
const blockAt = (index: number) => ({ answered: Histogram.parse([0, 1e9, 0, index, 1]), failed: 0 })

describe('the block bootstrap', () => {
  it('gives the published difference of means and its standard error', () => {
    const { typical } = blockBootstrap(control.map(blockAt), treated.map(blockAt), options)
    const unit = Math.LN2 / 32
    expect(typical.estimate / unit).toBeCloseTo(30.63, 2)
    expect(typical.error / unit).toBeGreaterThan(28.93 * 0.95)
    expect(typical.error / unit).toBeLessThan(28.93 * 1.05)
  })

  it('tells the latencies and the share of failures of both sides', () => {
    const before = stepBlocks({ seed: 1, latencyMs: 40, perBlock: 200 })
    const after = stepBlocks({ seed: 2, latencyMs: 50, perBlock: 200, failedEvenly: 50 })
    const changes = blockBootstrap(before.blocks, after.blocks, options)
    expect(Math.exp(changes.typical.before)).toBeCloseTo(40, -1)
    expect(Math.exp(changes['slow-end'].after)).toBeCloseTo(50 * Math.exp(1.645 * 0.3), -1)
    expect(changes.failures).toMatchObject({ before: 0, after: 0.2, estimate: 0.2 })
    expect(changes.typical.low).toBeLessThan(changes.typical.estimate)
    expect(changes.typical.high).toBeGreaterThan(changes.typical.estimate)
  })

  it('is surer where what disturbs both sides is drawn for both at once', () => {
    const disturbed = { seed: 3, blockSpread: 0.5, spread: 0.1 }
    const [before, after] = [stepBlocks(disturbed), stepBlocks({ ...disturbed, latencyMs: 44 })]
    const apart = blockBootstrap(before.blocks, after.blocks, options).typical
    const paired = blockBootstrap(before.blocks, after.blocks, { ...options, isPaired: true }).typical
    expect(paired.estimate).toBeCloseTo(apart.estimate, 10)
    expect(paired.error).toBeLessThan(apart.error / 5)
  })

  it('draws the same for the same seed', () => {
    const [before, after] = [stepBlocks({ seed: 4 }), stepBlocks({ seed: 5 })]
    const again = () => blockBootstrap(before.blocks, after.blocks, { ...options, rng: rngOf(9) })
    expect(again()).toEqual(again())
  })
})
