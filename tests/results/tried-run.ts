import type { RunRecord } from '../../model/run-record.ts'

const users: NonNullable<RunRecord['resilience']>['streams'][number] = {
  stream: '*',
  widthMs: 1000,
  usualRatio: 1,
  worstRatio: 0.4,
  depthRatio: 0.6,
  toImpactMs: 1000,
  toDetectMs: 3000,
  toRecoverMs: 2000,
  lossRatio: 0.012,
  budgetRatio: 3.4,
}

/** A record as an experiment leaves it: one fault that was proven and is gone. */
export const triedRun = (record: RunRecord): RunRecord => ({
  ...record,
  experiment: 'slow-database',
  zeroAt: '2026-11-25T10:00:00.000Z',
  faults: [
    {
      id: 'f1',
      kind: 'latency',
      component: 'recup',
      fault: { kind: 'latency', component: 'recup', delayMs: 300 },
      requestedMs: 40_000,
      injectedMs: 40_002,
      provenMs: 40_400,
      restoredMs: 80_001,
      goneMs: 80_050,
      proof: 'clients→recup: status 200 after 312 ms, before it status 200 after 2.0 ms',
      lostProof: null,
      goneProof: 'clients→recup: status 200 after 2.1 ms',
    },
  ],
  resilience: {
    hypothesis: 'Bookings go on',
    held: 'yes',
    isRestored: true,
    goodWithinMs: 1000,
    inFlight: { atInjection: 3, atRestoration: 1 },
    streams: [users, { ...users, stream: 'web', worstRatio: 1, toImpactMs: null, toDetectMs: null, toRecoverMs: 0 }],
    grayMs: 2000,
    relief: null,
    scoreRatio: 0.87,
  },
})
