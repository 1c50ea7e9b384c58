import type { StepResult } from '../../model/run-record.ts'

/** `stream/journey/step`, as a step is asked for. */
export const nameOf = ({ stream, journey, step }: Pick<StepResult, 'stream' | 'journey' | 'step'>): string =>
  `${stream}/${journey}/${step}`
