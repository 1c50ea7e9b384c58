import type { Verdict } from './verdict.ts'

/** `ratio` 0..1; `seconds` since the epoch for none; `code`: a number that stands for a word. */
export type MetricUnit = 'count' | 'seconds' | 'bytes' | 'ratio' | 'per-hour' | 'code' | 'grams' | 'watt-hours' | 'none'

/** Verdicts as numbers: the greater, the worse. */
export const verdictCodes = {
  pass: 0,
  improved: 1,
  'no-baseline': 2,
  inconclusive: 3,
  invalid: 4,
  regressed: 5,
  fail: 6,
} as const satisfies Readonly<Record<Verdict, number>>

/** A series that is pushed to Prometheus. Every one has the labels of `runLabels` besides its own. */
export interface Metric {
  /** As Prometheus has it: base units, `_total` where it only grows. */
  readonly name: string
  /** `histogram`: a native one, schema 5. */
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly unit: MetricUnit
  readonly labels: readonly string[]
  readonly meaning: string
}

/** Labels of every series. */
export const runLabels = ['run', 'scenario', 'target'] as const

const step = ['stream', 'journey', 'step'] as const

/** While a run goes on, every push; what they count they count up to that moment, by when it ended. */
const live = {
  runInfo: {
    name: 'collaudo_run_info',
    kind: 'gauge',
    unit: 'none',
    labels: ['experiment', 'environment', 'seed', 'commit', 'version'],
    meaning: 'always 1; what a run was asked to do is in its labels',
  },
  elapsed: {
    name: 'collaudo_elapsed_seconds',
    kind: 'gauge',
    unit: 'seconds',
    labels: [],
    meaning: 'the run’s clock; 0 is when the load began',
  },
  rowsDue: {
    name: 'collaudo_rows_due_total',
    kind: 'counter',
    unit: 'count',
    labels: ['stream', 'journey'],
    meaning: 'arrivals whose moment has come, by the timetable: the offered load',
  },
  rowsStarted: {
    name: 'collaudo_rows_started_total',
    kind: 'counter',
    unit: 'count',
    labels: ['stream'],
    meaning: 'arrivals that an actor has taken up',
  },
  rowsEnded: {
    name: 'collaudo_rows_ended_total',
    kind: 'counter',
    unit: 'count',
    labels: ['stream', 'journey', 'outcome'],
    meaning: 'journeys that have come to their end, calls given up among them',
  },
  rowsWaiting: {
    name: 'collaudo_rows_waiting',
    kind: 'gauge',
    unit: 'count',
    labels: ['stream'],
    meaning: 'arrivals that are due and that no actor has taken yet',
  },
  rowsUnderWay: {
    name: 'collaudo_rows_under_way',
    kind: 'gauge',
    unit: 'count',
    labels: ['stream'],
    meaning: 'journeys begun and not ended: busy actors',
  },
  actors: {
    name: 'collaudo_actors',
    kind: 'gauge',
    unit: 'count',
    labels: ['stream', 'kind'],
    meaning: 'people, devices or programs of a stream; kind operators: those on shift in a call centre',
  },
  steps: {
    name: 'collaudo_steps_total',
    kind: 'counter',
    unit: 'count',
    labels: [...step, 'outcome', 'answered'],
    meaning: 'steps that have ended; answered no: refused, throttled, failed, timed out',
  },
  stepDuration: {
    name: 'collaudo_step_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    labels: step,
    meaning: 'from the start of a step, connecting included, to its answer; answered steps only',
  },
  unansweredDuration: {
    name: 'collaudo_unanswered_step_duration_seconds',
    kind: 'histogram',
    unit: 'seconds',
    labels: ['stream', 'outcome'],
    meaning: 'the same of steps that got no answer, kept apart: a refused connection takes no time',
  },
  fromDue: {
    name: 'collaudo_from_due_seconds',
    kind: 'histogram',
    unit: 'seconds',
    labels: ['stream', 'journey'],
    meaning: 'from the moment when somebody was due to the answer of the first step',
  },
  workerWait: {
    name: 'collaudo_worker_wait_seconds',
    kind: 'histogram',
    unit: 'seconds',
    labels: ['stream'],
    meaning: 'from the moment when somebody was due until an actor was free; of a call, until an operator took it',
  },
  timerLag: {
    name: 'collaudo_timer_lag_seconds',
    kind: 'histogram',
    unit: 'seconds',
    labels: ['stream'],
    meaning: 'how late the load generator itself began; beyond its gate nothing that was measured counts',
  },
  phaseActive: {
    name: 'collaudo_phase_active',
    kind: 'gauge',
    unit: 'none',
    labels: ['phase'],
    meaning: '1 while the run is in this phase, else 0',
  },
  faultActive: {
    name: 'collaudo_fault_active',
    kind: 'gauge',
    unit: 'none',
    labels: ['fault', 'kind', 'component'],
    meaning: '1 from the injection of a fault to its end, else 0',
  },
  gateLimit: {
    name: 'collaudo_gate_limit',
    kind: 'gauge',
    unit: 'none',
    labels: ['gate', 'kind', 'phase', 'unit', 'journey', 'step', 'quantile'],
    meaning: 'limit of a gate, in the unit of its label',
  },
  loadGeneratorProcessor: {
    name: 'collaudo_load_generator_processor_seconds_total',
    kind: 'counter',
    unit: 'seconds',
    labels: [],
    meaning: 'processor time of k6',
  },
  loadGeneratorMemory: {
    name: 'collaudo_load_generator_memory_bytes',
    kind: 'gauge',
    unit: 'bytes',
    labels: [],
    meaning: 'resident memory of k6',
  },
  collectorProcessor: {
    name: 'collaudo_collector_processor_seconds_total',
    kind: 'counter',
    unit: 'seconds',
    labels: [],
    meaning: 'processor time of collaudo itself, which reads what k6 says',
  },
  collectorMemory: {
    name: 'collaudo_collector_memory_bytes',
    kind: 'gauge',
    unit: 'bytes',
    labels: [],
    meaning: 'resident memory of collaudo itself',
  },
  pushesFailed: {
    name: 'collaudo_pushes_failed_total',
    kind: 'counter',
    unit: 'count',
    labels: [],
    meaning: 'pushes to Prometheus that were not taken; the next one carries what they would have',
  },
} as const satisfies Readonly<Record<string, Metric>>

/** Of the region's business, while a run goes on. */
const business = {
  emergencyEvents: {
    name: 'collaudo_emergency_events_total',
    kind: 'counter',
    unit: 'count',
    labels: ['colour', 'event'],
    meaning: 'entries into the system of an emergency department by triage colour; register is an access',
  },
  emergencyWait: {
    name: 'collaudo_emergency_wait_seconds',
    kind: 'histogram',
    unit: 'seconds',
    labels: ['colour'],
    meaning: 'from the arrival of a patient until the visit is entered, on the run’s clock: squeezed with the slice',
  },
  studies: {
    name: 'collaudo_studies_total',
    kind: 'counter',
    unit: 'count',
    labels: ['modality'],
    meaning: 'studies of images that devices have stored',
  },
  studyBytes: {
    name: 'collaudo_study_bytes_total',
    kind: 'counter',
    unit: 'bytes',
    labels: ['modality'],
    meaning: 'pixels of these studies',
  },
} as const satisfies Readonly<Record<string, Metric>>

/** Once, when the run was judged. */
const results = {
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

/** Once, of an experiment, a comparison, a call centre, the cost, a search for the limit. */
const outcomes = {
  resilienceTime: {
    name: 'collaudo_resilience_seconds',
    kind: 'gauge',
    unit: 'seconds',
    labels: ['stream', 'figure'],
    meaning: 'to-impact, to-detect: from the injection; to-recover: from the restoration; gray: users suffered and every check was well',
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

/** Once, when a search for the limit is over; `run` is the search then. */
const capacity = {
  capacityLimit: {
    name: 'collaudo_capacity_limit_load_ratio',
    kind: 'gauge',
    unit: 'ratio',
    labels: ['limit', 'bound', 'without'],
    meaning: 'gate-limit, knee, breakpoint: load / load of the scenario at scale 1',
  },
  capacityPerHour: {
    name: 'collaudo_capacity_limit_per_hour',
    kind: 'gauge',
    unit: 'per-hour',
    labels: ['limit', 'unit', 'without'],
    meaning: 'the same limits in business units an hour',
  },
  forecastLoad: {
    name: 'collaudo_capacity_forecast_load_ratio',
    kind: 'gauge',
    unit: 'ratio',
    labels: [],
    meaning: 'the load that is expected / load of the scenario at scale 1',
  },
  forecastPerHour: {
    name: 'collaudo_capacity_forecast_per_hour',
    kind: 'gauge',
    unit: 'per-hour',
    labels: ['unit'],
    meaning: 'the load that is expected, in business units an hour',
  },
  headroom: {
    name: 'collaudo_capacity_headroom_ratio',
    kind: 'gauge',
    unit: 'ratio',
    labels: ['bound', 'without'],
    meaning: '1 − forecast / gate limit',
  },
  monthsToLimit: {
    name: 'collaudo_capacity_months_to_limit',
    kind: 'gauge',
    unit: 'count',
    labels: ['bound'],
    meaning: 'until the forecast has grown to the gate limit',
  },
  trialLoad: {
    name: 'collaudo_capacity_trial_load_ratio',
    kind: 'gauge',
    unit: 'ratio',
    labels: ['trial', 'verdict'],
    meaning: 'load of a trial of the search / load of the scenario at scale 1',
  },
  trialThroughput: {
    name: 'collaudo_capacity_trial_completed_per_hour',
    kind: 'gauge',
    unit: 'per-hour',
    labels: ['trial'],
    meaning: 'rows of a trial whose business was done, an hour',
  },
  trialInFlight: {
    name: 'collaudo_capacity_trial_in_flight',
    kind: 'gauge',
    unit: 'count',
    labels: ['trial', 'system'],
    meaning: 'mean number of requests in a system during a trial: its concurrency',
  },
  trialGood: {
    name: 'collaudo_capacity_trial_good_per_second',
    kind: 'gauge',
    unit: 'count',
    labels: ['trial', 'system'],
    meaning: 'requests a second that a system answered well during a trial: its throughput',
  },
  trialDuration: {
    name: 'collaudo_capacity_trial_duration_seconds',
    kind: 'gauge',
    unit: 'seconds',
    labels: ['trial', 'system'],
    meaning: '95th percentile of the answers of a system during a trial',
  },
  uslFit: {
    name: 'collaudo_capacity_scalability',
    kind: 'gauge',
    unit: 'none',
    labels: ['system', 'parameter'],
    meaning: 'universal scalability law fitted to the trials: lambda, sigma, kappa, r-squared',
  },
  neededVcpus: {
    name: 'collaudo_capacity_needed_vcpus',
    kind: 'gauge',
    unit: 'count',
    labels: ['system', 'part'],
    meaning: 'virtual processors of a system: needed for the forecast with its reserve, and provisioned',
  },
} as const satisfies Readonly<Record<string, Metric>>

/** Every metric that is pushed: the one source of names, units and meanings. */
export const metrics = { ...live, ...business, ...results, ...outcomes, ...capacity } as const
