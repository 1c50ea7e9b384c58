import type { Experiment } from '../model/experiment.ts'
import type { Resilience, RunRecord } from '../model/run-record.ts'
import type { Collected } from './collector.ts'
import type { QualityBin } from './quality.ts'
import { reliefResult } from './relief.ts'
import { badStretches, streamResiliences } from './resilience.ts'
import { resilienceScore } from './resilience-score.ts'

export interface Tried {
  readonly experiment: Experiment
  readonly record: Omit<RunRecord, 'resilience'>
  readonly quality: readonly QualityBin[]
  readonly inFlight: Collected['inFlight']
  /** When users were seen to be well again. */
  readonly healedMs?: number | undefined
}

/** Time in which fewer steps were good than usual, less the band, while no health check said so. */
const grayMs = (
  quality: readonly QualityBin[],
  { phases, faults, health }: Tried['record'],
  goodWithinMs: number,
): number => {
  const bad = badStretches(quality, { phases, faults, goodWithinMs })
  return bad
    .filter((one) => !health.some(({ fromMs, toMs }) => fromMs < one.toMs && toMs > one.fromMs))
    .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
}

/** What an experiment came to. */
export const experimentResult = ({ experiment, record, quality, inFlight, healedMs }: Tried): Resilience => {
  const { hypothesis, goodWithinMs } = experiment
  const { verdict, faults, phases } = record
  const streams = [...streamResiliences(quality, { phases, faults, goodWithinMs })]
  return {
    hypothesis,
    held: verdict === 'pass' ? 'yes' : verdict === 'fail' ? 'no' : 'unknown',
    isRestored: faults.every(({ injectedMs, goneMs }) => injectedMs === null || goneMs !== null),
    goodWithinMs,
    inFlight,
    streams,
    grayMs: grayMs(quality, record, goodWithinMs),
    relief: reliefResult(quality, record, { goodWithinMs, healedMs }),
    scoreRatio: resilienceScore(record, streams[0]),
  }
}
