import { type Experiment, type FaultUse, reliefRatios } from '../model/experiment.ts'
import { dryCluster } from './dry-cluster.ts'
import type { Output } from './output.ts'
import { staged } from './staged.ts'

/** Says what experiments would break, when, for how long and where; breaks nothing. Throws what conducting them would throw before it begins. */
export const dryRun = async (experiments: readonly Experiment[], targetName: string, output: Output): Promise<void> => {
  const { readTarget } = await import('../runner/read-target.ts')
  const { guardExperiment } = await import('../runner/guard-experiment.ts')
  const target = await readTarget(targetName)
  for (const experiment of experiments) {
    await staged(experiment)
    guardExperiment(experiment, target)
  }
  if ('chaosMesh' in target && target.chaosMesh) return dryCluster(experiments, target.chaosMesh, output)
  output.result(experiments.map(inWords).join('\n\n'), experiments)
}

const inWords = (experiment: Experiment): string => {
  const { name, hypothesis, scenario, streams, phases, faults, gates, environments, blastRadius, cannot } = experiment
  const { warmUpMs, steadyMs, faultMs, recoveryMs, afterMs, reliefMs, drainMs } = phases
  const relief =
    reliefMs === 0
      ? ''
      : ` if not well again ${reliefRatios.map((ratio) => `${ratio * 100} % of the load ${s(reliefMs)}`).join(', ')},`
  const faultFromMs = warmUpMs + steadyMs
  return [
    name,
    `  hypothesis    ${hypothesis}`,
    `  load          ${scenario}: ${streams?.join(', ') ?? 'all streams'}`,
    `  phases        warm-up ${s(warmUpMs)}, steady ${s(steadyMs)}, fault ${s(faultMs)}, recovery ${s(recoveryMs)}, after ${s(afterMs)},${relief} drain ${s(drainMs)}`,
    ...faults.map((use) => `  fault         ${faultInWords(use, faultFromMs)}`),
    `  may suffer    ${blastRadius.join(', ')}`,
    `  allowed in    ${environments.join(', ')}`,
    `  gates         ${gates.map((gate) => gate.name).join(', ')}`,
    ...Object.entries(cannot).map(([driver, reason]) => `  cannot        on ${driver}: ${reason}`),
  ].join('\n')
}

const faultInWords = ({ fault, fromMs = 0, lastsMs }: FaultUse, phaseMs: number): string => {
  const { kind, component, ...rest } = fault
  const figures = Object.entries(rest).map(
    ([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
  )
  return `${kind} on ${component} from ${s(phaseMs + fromMs)} to ${s(phaseMs + fromMs + lastsMs)}${figures.length > 0 ? `: ${figures.join(', ')}` : ''}`
}

const s = (ms: number): string => `${ms / 1000} s`
