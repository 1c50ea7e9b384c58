import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../../model/history-entry.ts'
import { stepTrends } from '../../../results/history/step-trends.ts'
import { historyRun } from './history-runs.ts'

const quiet = [300, 302, 298, 301, 299, 303, 297]
const runs = (...p95Ms: readonly (number | null)[]) => p95Ms.map((value, index) => historyRun(index, value))
const lastOf = (entries: readonly HistoryEntry[]) => stepTrends(entries)[0]?.points.at(-1)

describe('stepTrends', () => {
  it('marks what is outside the band of the earlier runs, above and below', () => {
    const outside = (p95Ms: number) => lastOf(runs(...quiet, p95Ms))?.outside
    expect(outside(301)).toEqual([])
    expect(outside(600)).toEqual(['p50Ms', 'p95Ms', 'p99Ms'].map((figure) => ({ figure, side: 'above' })))
    expect(outside(150)?.map(({ side }) => side)).toEqual(['below', 'below', 'below'])
  })

  it('has no band before five earlier runs, and says of how many it is', () => {
    const points = stepTrends(runs(...quiet))[0]?.points
    expect(points?.map(({ bands }) => bands.p95Ms?.runs)).toEqual([...Array(5).fill(undefined), 5, 6])
  })

  it('does not compare with runs that were broken off or measured badly', () => {
    const bad = [historyRun(7, 9000, { verdict: 'invalid' }), historyRun(8, 9000, { ended: 'interrupted' })]
    expect(lastOf([...runs(...quiet), ...bad, historyRun(9, 300)])?.bands.p95Ms?.runs).toBe(7)
  })

  it('calls the next bucket of a histogram no change where all earlier runs were in one', () => {
    const [same, bucket] = [[300, 300, 300, 300, 300, 300], 2 ** (1 / 32)]
    expect(lastOf(runs(...same, 300 * bucket))?.outside).toEqual([])
    expect(lastOf(runs(...same, 300 * bucket ** 2))?.outside).toHaveLength(3)
  })

  it('calls a failure in a few hundred requests no change where none was, and many of them one', () => {
    const failing = (failedRatio: number) => {
      const run = historyRun(7)
      return { ...run, steps: run.steps.map((step) => ({ ...step, failedRatio })) }
    }
    expect(lastOf([...runs(...quiet), failing(1 / 160)])?.outside).toEqual([])
    expect(lastOf([...runs(...quiet), failing(8 / 160)])?.outside).toEqual([{ figure: 'failedRatio', side: 'above' }])
  })

  it('goes on over runs in which a step was not answered', () => {
    const point = lastOf(runs(...quiet, null))
    expect([point?.p95Ms, point?.outside]).toEqual([null, []])
    expect(lastOf(runs(...quiet, null, 300))?.bands.p95Ms?.runs).toBe(7)
  })

  it('shows the last twenty, each beside the fifty before it', () => {
    const points = stepTrends(Array.from({ length: 70 }, (_, index) => historyRun(index)))[0]?.points
    expect(points).toHaveLength(20)
    expect(points?.[0]).toMatchObject({ id: historyRun(50).id, bands: { p95Ms: { runs: 50 } } })
    expect(points?.at(-1)?.bands.p95Ms?.runs).toBe(50)
  })
})
