import type { Experiment } from '../model/experiment.ts'
import type { Phase } from '../model/phase.ts'
import type { RunRecord } from '../model/run-record.ts'
import { type Conducting, conductFault } from './conduct-fault.ts'
import { watchHealth } from './watch-health.ts'

/** What came of the faults of an experiment. */
export interface Conducted {
  readonly faults: RunRecord['faults']
  readonly edges: RunRecord['edges']
  readonly health: RunRecord['health']
}

export interface ConductRequest extends Omit<Conducting, 'faultPhaseMs' | 'lastEndMs'> {
  readonly experiment: Experiment
  readonly phases: readonly Phase[]
}

/**
 * Conducts all faults of an experiment on the run's clock; resolves when the last of them is restored. Throws a usage Failure where
 * the journal cannot be written: then a fault was not made.
 */
export const conduct = async (request: ConductRequest): Promise<Conducted> => {
  const { experiment, phases } = request
  const faultPhaseMs = phases.find(({ name }) => name === 'fault')?.fromMs ?? 0
  const lastEndMs = Math.max(...experiment.faults.map(({ fromMs = 0, lastsMs }) => faultPhaseMs + fromMs + lastsMs))
  const counted = countCalls(request)
  const watched = watchHealth(request)
  const ended = await Promise.allSettled(
    experiment.faults.map((use, index) => conductFault(`f${index + 1}`, use, { ...request, faultPhaseMs, lastEndMs })),
  )
  // Only now: when one cannot be written down, the others must be ended first.
  const faults = ended.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
  return { faults, edges: await counted, health: await watched }
}

/** Calls over each way in each phase between warm-up and drain. */
const countCalls = async ({ phases, driver, clock, t0UnixMs, signal }: ConductRequest): Promise<Conducted['edges']> => {
  const inner = phases.filter(({ name }) => !['warm-up', 'relief', 'drain'].includes(name))
  const edges: Conducted['edges'] = []
  await clock.sleepUntil(t0UnixMs + (inner[0]?.fromMs ?? 0), signal)
  let before = await callsOf(driver)
  for (const { name, toMs } of inner) {
    await clock.sleepUntil(t0UnixMs + toMs, signal)
    const now = await callsOf(driver)
    for (const [edge, calls] of Object.entries(now))
      edges.push({ edge, phase: name, calls: calls - (before[edge] ?? 0) })
    before = now
  }
  return edges
}

/** None from a driver that is gone: the faults tell of that. */
const callsOf = (driver: ConductRequest['driver']): Promise<Readonly<Record<string, number>>> =>
  driver.calls().catch(() => ({}))
