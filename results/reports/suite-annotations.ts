import { exitCodes } from '../../model/failure.ts'
import type { SuiteResult } from '../suite.ts'
import type { Annotation } from './github-annotations.ts'

/** What a job says of a suite: an annotation for each experiment that did not pass, worst first; what its driver cannot do is a warning. */
export const suiteAnnotations = ({ suite, experiments }: SuiteResult): readonly Annotation[] =>
  experiments
    .filter(({ exitCode }) => exitCode !== exitCodes.pass)
    .map(({ experiment, verdict, reasons, repeat }) => ({
      kind: verdict === 'cannot' ? 'warning' : 'error',
      title: `${verdict.toUpperCase()}: ${experiment} of ${suite}`,
      message: [...reasons, ...(repeat === undefined ? [] : [`Repeat it: ${repeat}`])].join('\n'),
    }))
