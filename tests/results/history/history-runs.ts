import type { HistoryEntry } from '../../../model/history-entry.ts'

/** The n-th run of a plan, an hour after the one before, with a step `web/book/search` whose p95 is as told. */
export const historyRun = (
  nth: number,
  p95Ms: number | null = 300,
  change: Partial<HistoryEntry> = {},
): HistoryEntry => {
  const at = new Date(Date.UTC(2026, 10, 1) + nth * 3_600_000).toISOString()
  return {
    schemaVersion: 1,
    id: `r${at.slice(0, 10).replaceAll('-', '')}-${at.slice(11, 13)}0000-000`,
    startedAt: at,
    scenario: 'recup-day',
    experiment: null,
    target: 'embedded',
    fingerprint: 'f00d',
    seed: 7,
    defects: [],
    commit: 'bd6d783',
    ended: 'completed',
    verdict: 'pass',
    totals: { operations: 400 },
    rows: { planned: 400, started: 400, completed: 400 },
    steps: [
      {
        ...{ stream: 'web', journey: 'book', step: 'search' },
        requests: 160,
        failedRatio: 0,
        p50Ms: p95Ms === null ? null : p95Ms / 3,
        p95Ms,
        p99Ms: p95Ms === null ? null : p95Ms * 2,
      },
    ],
    ...change,
  }
}
