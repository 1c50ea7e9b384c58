import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../../model/history-entry.ts'
import type { LikeRuns } from '../../../results/history/like-runs.ts'
import { historyText } from '../../../results/reports/history-text.ts'
import { historyRun } from '../history/history-runs.ts'

const quiet = [300, 302, 298, 301, 299, 303, 297]
const runs = (...p95Ms: readonly number[]): LikeRuns => ({
  entries: p95Ms.map((value, index) => historyRun(index, value)),
  runs: p95Ms.length,
})
const textOf = (groups: readonly LikeRuns[], step?: string) => historyText(groups, { step, style: (_, text) => text })

describe('historyText', () => {
  it('shows every step with its trend, what is usual, and the runs that were outside', () => {
    expect(textOf([runs(...quiet, 600)])).toMatchInlineSnapshot(`
      "recup-day on embedded, seed 7, plan f00d: 8 runs
      the last r20261101-070000-000 at 2026-11-01 07:00 UTC: pass

        p95 from sent        runs      last    usual
        web / book / search  ▅▅▄▅▄▅▄█  600 ms  300 ms ± 8.9 ms  above: p50, p95, p99

      Usual: median ± 3 robust deviations (1.4826 × MAD) of 7 earlier runs of the same plan on the same target.

      Outside:
        r20261101-070000-000 (pass): web / book / search above: p50, p95, p99
      "
    `)
  })

  it('shows one step run by run', () => {
    expect(textOf([runs(...quiet, 600)], 'web/book/search')).toMatchInlineSnapshot(`
      "recup-day on embedded, seed 7, plan f00d: 8 runs
      the last r20261101-070000-000 at 2026-11-01 07:00 UTC: pass

      web / book / search
        run                   started               commit   verdict  requests  p50               p95              p99               failed
        r20261101-000000-000  2026-11-01 00:00 UTC  bd6d783  pass     160       100 ms            300 ms           600 ms            0 %
        r20261101-010000-000  2026-11-01 01:00 UTC  bd6d783  pass     160       101 ms            302 ms           604 ms            0 %
        r20261101-020000-000  2026-11-01 02:00 UTC  bd6d783  pass     160       99.3 ms           298 ms           596 ms            0 %
        r20261101-030000-000  2026-11-01 03:00 UTC  bd6d783  pass     160       100 ms            301 ms           602 ms            0 %
        r20261101-040000-000  2026-11-01 04:00 UTC  bd6d783  pass     160       99.7 ms           299 ms           598 ms            0 %
        r20261101-050000-000  2026-11-01 05:00 UTC  bd6d783  pass     160       101 ms            303 ms           606 ms            0 %
        r20261101-060000-000  2026-11-01 06:00 UTC  bd6d783  pass     160       99 ms             297 ms           594 ms            0 %
        r20261101-070000-000  2026-11-01 07:00 UTC  bd6d783  pass     160       200 ms            600 ms           1.2 s             0 %           above: p50, p95, p99
        usual                                                                   100 ms ± 2.97 ms  300 ms ± 8.9 ms  600 ms ± 17.8 ms  0 % ± 1.88 %

      Usual: median ± 3 robust deviations (1.4826 × MAD) of 7 earlier runs of the same plan on the same target.
      "
    `)
  })

  it('says that no band can be told of too few runs, and marks none', () => {
    const text = textOf([runs(300, 9000)])
    expect(text).toContain('no band can be told yet; it takes 5 earlier runs')
    expect(text).not.toContain('above')
  })

  it('draws a dot for a run that saw nothing of a step', () => {
    const nothing: HistoryEntry = historyRun(1, null)
    expect(textOf([{ entries: [historyRun(0), nothing, historyRun(2)], runs: 3 }])).toContain('█·█')
  })

  it('shows the five latest kinds of runs and says how many more there are', () => {
    const text = textOf(Array.from({ length: 8 }, () => runs(300)))
    expect(text.match(/: 1 run$/gm)).toHaveLength(5)
    expect(text).toContain('3 older kinds of runs are not shown')
  })
})
