import type { Metric } from './metric.ts'

const step = ['stream', 'journey', 'step'] as const

/** Once, when the run was judged. */
export const results = {
  verdict: {
    name: 'collaudo_verdict',
    kind: 'gauge',
    unit: 'code',
    labels: ['verdict'],
    meaning: 'of the whole run; by `verdictCodes`',
  },
  gateVerdict: {
    name: 'collaudo_gate_verdict',
    kind: 'gauge',
    unit: 'code',
    labels: ['gate', 'phase'],
    meaning: 'of one gate; by `verdictCodes`',
  },
  gateObserved: {
    name: 'collaudo_gate_observed',
    kind: 'gauge',
    unit: 'none',
    labels: ['gate', 'phase', 'unit'],
    meaning: 'what a gate saw, in the unit of its label',
  },
  writes: {
    name: 'collaudo_writes',
    kind: 'gauge',
    unit: 'count',
    labels: ['state'],
    meaning: 'writes of the run: intended, acknowledged, refused, verified by reading back, unknown',
  },
  findings: {
    name: 'collaudo_integrity_findings',
    kind: 'gauge',
    unit: 'count',
    labels: ['kind'],
    meaning: 'promises found broken when everything was read back',
  },
  delivery: {
    name: 'collaudo_delivery',
    kind: 'gauge',
    unit: 'count',
    labels: ['state'],
    meaning: 'rows planned, started, completed, cut; samples lost',
  },
  resultDuration: {
    name: 'collaudo_result_duration_seconds',
    kind: 'gauge',
    unit: 'seconds',
    labels: [...step, 'quantile'],
    meaning: 'from the start of a step to its answer, in the steady phase',
  },
  resultFailed: {
    name: 'collaudo_result_failed_ratio',
    kind: 'gauge',
    unit: 'ratio',
    labels: step,
    meaning: 'failed requests / requests in the steady phase',
  },
  phaseDuration: {
    name: 'collaudo_phase_duration_seconds',
    kind: 'gauge',
    unit: 'seconds',
    labels: ['journey', 'phase', 'quantile'],
    meaning: 'from the start of a step to its answer, all steps of a journey together',
  },
  phaseFailed: {
    name: 'collaudo_phase_failed_ratio',
    kind: 'gauge',
    unit: 'ratio',
    labels: ['journey', 'phase'],
    meaning: 'failed requests / requests of a journey in a phase',
  },
} as const satisfies Readonly<Record<string, Metric>>
