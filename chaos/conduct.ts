import type { Experiment } from '../model/experiment.ts'
import type { Phase } from '../model/phase.ts'
import type { RunRecord } from '../model/run-record.ts'
import { type Conducting, conductFault } from './conduct-fault.ts'

/** What came of the faults of an experiment. */
export interface Conducted {
  readonly faults: RunRecord['faults']
  readonly edges: RunRecord['edges']
}

export interface ConductRequest extends Omit<Conducting, 'faultPhaseMs'> {
  readonly experiment: Experiment
  readonly phases: readonly Phase[]
}

/** Conducts all faults of an experiment on the run's clock; resolves when the last of them is restored. */
export const conduct = async (request: ConductRequest): Promise<Conducted> => {
  const { experiment, phases } = request
  const faultPhaseMs = phases.find(({ name }) => name === 'fault')?.fromMs ?? 0
  const counted = countCalls(request)
  const faults = await Promise.all(
    experiment.faults.map((use, index) => conductFault(`f${index + 1}`, use, { ...request, faultPhaseMs })),
  )
  return { faults, edges: await counted }
}

/** Calls over each way in each phase between warm-up and drain. */
const countCalls = async ({ phases, driver, clock, t0UnixMs, signal }: ConductRequest): Promise<Conducted['edges']> => {
  const inner = phases.filter(({ name }) => name !== 'warm-up' && name !== 'drain')
  const edges: Conducted['edges'] = []
  await clock.sleepUntil(t0UnixMs + (inner[0]?.fromMs ?? 0), signal)
  let before = await driver.calls()
  for (const { name, toMs } of inner) {
    await clock.sleepUntil(t0UnixMs + toMs, signal)
    const now = await driver.calls()
    for (const [edge, calls] of Object.entries(now))
      edges.push({ edge, phase: name, calls: calls - (before[edge] ?? 0) })
    before = now
  }
  return edges
}
