import type { Metric } from './metric.ts'

/** Once, of an experiment, a comparison, a call centre, the cost, a search for the limit. */
export const outcomes = {
  resilienceTime: {
    name: 'collaudo_resilience_seconds',
    kind: 'gauge',
    unit: 'seconds',
    labels: ['stream', 'figure'],
    meaning:
      'to-impact, to-detect: from the injection; to-recover: from the restoration; gray: users suffered and every check was well',
  },
  resilienceRatio: {
    name: 'collaudo_resilience_ratio',
    kind: 'gauge',
    unit: 'ratio',
    labels: ['stream', 'figure'],
    meaning: 'good steps / steps usual and worst; what was lost / what is usual; the score',
  },
  change: {
    name: 'collaudo_change_ratio',
    kind: 'gauge',
    unit: 'ratio',
    labels: ['journey', 'step', 'phase', 'measure', 'bound', 'verdict'],
    meaning: 'after / before − 1 (failures: after − before) against the baseline, with its 95 % interval',
  },
  calls: {
    name: 'collaudo_calls',
    kind: 'gauge',
    unit: 'count',
    labels: ['stream', 'phase', 'figure', 'source'],
    meaning: 'mean calls that wait and operators that are busy: seen, and by Erlang A',
  },
  callsAbandoned: {
    name: 'collaudo_calls_abandoned_ratio',
    kind: 'gauge',
    unit: 'ratio',
    labels: ['stream', 'phase', 'source'],
    meaning: 'calls given up / calls: seen, and by Erlang A',
  },
  callWait: {
    name: 'collaudo_call_mean_wait_seconds',
    kind: 'gauge',
    unit: 'seconds',
    labels: ['stream', 'phase', 'source'],
    meaning: 'mean wait of all calls: seen, and by Erlang A',
  },
  operatorsNeeded: {
    name: 'collaudo_operators_needed',
    kind: 'gauge',
    unit: 'count',
    labels: ['stream', 'phase', 'added'],
    meaning: 'operators for the calls of the run, every goal met, with screens slower by so many ms',
  },
  callCapacity: {
    name: 'collaudo_call_capacity_per_hour',
    kind: 'gauge',
    unit: 'per-hour',
    labels: ['stream', 'phase', 'added'],
    meaning: 'calls an hour that all operators take at most, every goal met, with screens slower by so many ms',
  },
  carbon: {
    name: 'collaudo_carbon_grams_per_thousand',
    kind: 'gauge',
    unit: 'grams',
    labels: ['unit', 'part'],
    meaning: 'CO2e of a thousand business units: operational, embodied; their sum is the SCI score',
  },
  energy: {
    name: 'collaudo_energy_watt_hours_per_thousand',
    kind: 'gauge',
    unit: 'watt-hours',
    labels: ['unit'],
    meaning: 'energy of what is provisioned for a thousand business units, with its share of the data centre',
  },
  systemProcessor: {
    name: 'collaudo_system_processor_hours',
    kind: 'gauge',
    unit: 'count',
    labels: ['system', 'part'],
    meaning: 'vCPU-hours of the target over the load: used, provisioned',
  },
} as const satisfies Readonly<Record<string, Metric>>
