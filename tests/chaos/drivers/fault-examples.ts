import type { Fault, FaultKind } from '../../../model/fault.ts'

/** One of each kind, large enough to be told from noise, for recup with two replicas and prescriptions. */
export const faultExamples: Readonly<Record<FaultKind, Fault>> = {
  latency: { kind: 'latency', component: 'recup', delayMs: 400, jitterMs: 50 },
  partition: { kind: 'partition', component: 'prescriptions' },
  reset: { kind: 'reset', component: 'clients→recup' },
  bandwidth: { kind: 'bandwidth', component: 'recup#1', bytesPerSecond: 500 },
  slicing: { kind: 'slicing', component: 'clients→recup', sliceBytes: 20, delayMs: 50 },
  'stall-and-reset': { kind: 'stall-and-reset', component: 'clients→identity', shareRatio: 0.5, stallMs: 200 },
  'http-error': { kind: 'http-error', component: 'clients→recup', status: 503 },
  'slow-body': { kind: 'slow-body', component: 'clients→recup', bytesPerSecond: 500 },
  'truncated-body': { kind: 'truncated-body', component: 'clients→recup' },
  'altered-body': { kind: 'altered-body', component: 'clients→recup', shareRatio: 0.9 },
  'expired-certificate': { kind: 'expired-certificate', component: 'recup→prescriptions' },
  'dns-failure': { kind: 'dns-failure', component: 'recup→prescriptions' },
  kill: { kind: 'kill', component: 'prescriptions' },
  freeze: { kind: 'freeze', component: 'recup#2' },
  'rolling-restart': { kind: 'rolling-restart', component: 'recup', everyMs: 300 },
  'cpu-pressure': { kind: 'cpu-pressure', component: 'prescriptions', loadRatio: 0.3 },
  'memory-pressure': { kind: 'memory-pressure', component: 'prescriptions', sizeBytes: 50_000_000 },
  'clock-skew': { kind: 'clock-skew', component: 'recup#1', offsetMs: 3_600_000 },
  'read-only-storage': { kind: 'read-only-storage', component: 'recup.store' },
  'disk-full': { kind: 'disk-full', component: 'recup.store' },
  'slow-storage': { kind: 'slow-storage', component: 'recup.store', delayMs: 300 },
}
