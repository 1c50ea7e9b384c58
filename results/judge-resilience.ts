import type { Phase } from '../model/phase.ts'
import type { RunRecord } from '../model/run-record.ts'
import { Histogram } from './histogram.ts'
import { type GateOf, type Observation, verdictOf } from './observation.ts'
import { ownBins, type QualityBin, qualityOf, qualityOverTime } from './quality.ts'

/** Seconds on end that must be good before users are said to be well again. */
const goodBinsOnEnd = 3

export const told = (gate: GateOf<'told'>, bins: readonly QualityBin[]): Observation => {
  const all = Histogram.merged(ownBins(bins, gate).flatMap(({ answered, failed }) => [answered, failed]))
  const samples = all.count
  const observed = samples === 0 ? undefined : all.quantile(gate.quantile)
  const verdict = verdictOf(samples >= gate.minSamples, (observed ?? 0) <= gate.limitMs)
  return { observed, limit: gate.limitMs, unit: 'ms', samples, verdict }
}

export const quality = (gate: GateOf<'quality'>, bins: readonly QualityBin[]): Observation => {
  const { sent, good } = qualityOf(ownBins(bins, gate), gate.goodWithinMs)
  const observed = sent === 0 ? undefined : good / sent
  const verdict = verdictOf(sent >= gate.minSamples, (observed ?? 0) >= gate.minRatio)
  return { observed, limit: gate.minRatio, unit: 'ratio', samples: sent, verdict }
}

/** What the gate on recovery looks at. */
interface Recovered {
  readonly quality: readonly QualityBin[]
  readonly phases: readonly Phase[]
}

/**
 * Time from the end of the fault to the first of three seconds on end that are good. Seconds in which nobody sent anything say nothing.
 * Who has not recovered when the run ends has needed at least as long as was seen.
 */
export const recovery = (gate: GateOf<'recovery'>, { quality: bins, phases }: Recovered): Observation => {
  const own = ownBins(bins, { streams: gate.streams }).filter(({ phase }) => ['recovery', 'after'].includes(phase))
  const seconds = qualityOverTime(own, gate.goodWithinMs)
  const samples = seconds.reduce((sum, { sent }) => sum + sent, 0)
  const common = { limit: gate.withinMs, unit: 'ms', samples } as const
  const [first] = seconds
  const last = seconds.at(-1)
  if (!first || !last || seconds.length < goodBinsOnEnd) {
    return { ...common, observed: undefined, verdict: 'inconclusive' }
  }
  const isGood = seconds.map(({ sent, good }) => good / sent >= gate.minRatio)
  const index = isGood.findIndex(
    (_, at) => at + goodBinsOnEnd <= isGood.length && isGood.slice(at, at + goodBinsOnEnd).every(Boolean),
  )
  const recovered = seconds[index]
  const fromMs = phases.find(({ name }) => name === 'recovery')?.fromMs ?? first.atMs
  const observed = Math.max(0, (recovered ?? last).atMs - fromMs)
  return { ...common, observed, verdict: recovered && observed <= gate.withinMs ? 'pass' : 'fail' }
}

/** What the gate on amplification looks at. */
interface Called {
  readonly quality: readonly QualityBin[]
  readonly edges: RunRecord['edges']
}

export const amplification = (gate: GateOf<'amplification'>, { quality: bins, edges }: Called): Observation => {
  const seen = (phase: string) => ({
    calls: edges.find((one) => one.edge === gate.edge && one.phase === phase)?.calls ?? 0,
    steps: Math.max(1, qualityOf(ownBins(bins, { phase }), 0).sent),
  })
  const usual = seen('steady')
  const now = seen(gate.phase)
  const observed = usual.calls === 0 ? undefined : (now.calls * usual.steps) / (usual.calls * now.steps)
  const verdict = verdictOf(observed !== undefined, (observed ?? 0) <= gate.limitRatio)
  return { observed, limit: gate.limitRatio, unit: 'times', samples: now.calls, verdict }
}
