import type { FaultResult, RunRecord } from '../../model/run-record.ts'

/**
 * The experiment of a run as a journal of Chaos Toolkit 1.45 (docs: reference/api/journal), for tools that read those. Undefined for a
 * run without an experiment.
 */
export const chaosToolkitJournal = (record: RunRecord): object | undefined => {
  const { resilience, experiment, faults, startedAt, endedAt, gates, provenance } = record
  if (!resilience) return undefined
  const title = experiment ?? ''
  const before = probes(gates.filter(({ phase, unit }) => phase === 'steady' && unit !== 'count'))
  const after = probes(gates.filter(({ phase, unit }) => phase === 'recovery' || phase === 'after' || unit === 'count'))
  return {
    'chaoslib-version': '1.45.0',
    platform: provenance.host.platform,
    node: '',
    experiment: { version: '1.0.0', title, description: resilience.hypothesis, method: faults.map(actionOf) },
    start: startedAt,
    end: endedAt,
    duration: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
    status: statusOf(record),
    deviated: resilience.held === 'no',
    steady_states: { before, after, during: [] },
    run: faults.map((fault) => activity(record, fault, 'injected')),
    rollbacks: faults.map((fault) => activity(record, fault, 'restored')),
  }
}

const statusOf = ({ ended, faults }: RunRecord): string => {
  if (ended === 'interrupted') return 'interrupted'
  if (ended === 'aborted') return 'aborted'
  return ended === 'completed' && faults.every(({ provenMs }) => provenMs !== null) ? 'completed' : 'failed'
}

/** Gates as probes whose tolerance is the limit. */
const probes = (gates: RunRecord['gates']) => ({
  steady_state_met: gates.every(({ verdict }) => verdict === 'pass'),
  probes: gates.map(({ name, observed, limit, unit, verdict }) => ({
    activity: { type: 'probe', name, tolerance: limit, provider: { type: 'process', path: 'collaudo', unit } },
    status: 'succeeded',
    output: observed,
    tolerance_met: verdict === 'pass',
  })),
})

const actionOf = ({ kind, component, fault }: FaultResult) => ({
  type: 'action',
  name: `${kind} on ${component}`,
  provider: { type: 'process', path: 'collaudo', arguments: fault },
})

const activity = ({ zeroAt }: RunRecord, fault: FaultResult, what: 'injected' | 'restored') => {
  const [fromMs, toMs, output] =
    what === 'injected'
      ? [fault.injectedMs, fault.provenMs, fault.proof]
      : [fault.restoredMs, fault.goneMs, fault.goneProof]
  const instant = (ms: number | null) =>
    ms === null || zeroAt === null ? null : new Date(Date.parse(zeroAt) + ms).toISOString()
  return {
    activity: actionOf(fault),
    start: instant(fromMs),
    end: instant(toMs),
    duration: fromMs === null || toMs === null ? null : (toMs - fromMs) / 1000,
    status: toMs === null ? 'failed' : 'succeeded',
    output,
  }
}
