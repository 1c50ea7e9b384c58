import type { StreamFlow, SystemFlow, Trial } from '../../../model/capacity-record.ts'

export const streamFlow = (changes: Partial<StreamFlow> = {}): StreamFlow => ({
  stream: 'partners',
  offered: 300,
  ended: 300,
  done: 300,
  backlogFrom: 2,
  backlogTo: 2,
  fallsBehind: false,
  waitMs: 0,
  ...changes,
})

export const systemFlow = (changes: Partial<SystemFlow> = {}): SystemFlow => ({
  system: 'recup',
  goodPerSecond: 20,
  goodLowPerSecond: 19,
  goodHighPerSecond: 21,
  failedRatio: 0,
  meanMs: 50,
  p95Ms: 80,
  inFlight: 1,
  little: { expectedInFlight: 1, gapRatio: 0, isPlateau: true },
  ...changes,
})

/** A trial that met its gates and followed its load, unless something is changed. */
export const trial = (scale: number, changes: Partial<Trial> = {}): Trial => ({
  name: `trial-${scale}`,
  aim: 'climb',
  seed: 1,
  scale,
  loadRatio: scale,
  lastsMs: 30_000,
  tookMs: 60_000,
  verdict: 'pass',
  ended: 'completed',
  reasons: [],
  meetsGates: 'yes',
  followsLoad: 'yes',
  gatesBroken: [],
  suffering: [],
  offeredPerSecond: 10 * scale,
  completedPerSecond: 10 * scale,
  streams: [streamFlow({ offered: Math.round(300 * scale) })],
  systems: [systemFlow({ goodPerSecond: 20 * scale, inFlight: scale })],
  processors: [
    { system: 'recup', vcpus: 2, busyVcpus: scale / 4 },
    { system: 'prescriptions', vcpus: 1, busyVcpus: scale / 40 },
  ],
  ...changes,
})

/** Most that the system of these trials answers, and the load at which it does. */
export const capacityPerSecond = 80
export const breaksAt = 4

/** One that did not follow: four workers of 50 ms are all busy. */
export const overloaded = (scale: number, changes: Partial<Trial> = {}): Trial =>
  trial(scale, {
    verdict: 'fail',
    reasons: ['book-p95: 2.1 s, limit 1 s (steady, 300 samples).'],
    meetsGates: 'no',
    followsLoad: 'no',
    gatesBroken: ['book-p95'],
    suffering: ['partners'],
    completedPerSecond: 10 * breaksAt,
    streams: [
      streamFlow({
        offered: Math.round(300 * scale),
        backlogTo: Math.max(0, Math.round(300 * (scale - breaksAt))),
        fallsBehind: true,
      }),
    ],
    systems: [
      systemFlow({
        goodPerSecond: capacityPerSecond,
        goodLowPerSecond: 79,
        goodHighPerSecond: 81,
        meanMs: 900,
        p95Ms: 2000,
        inFlight: 72,
      }),
    ],
    ...changes,
  })
