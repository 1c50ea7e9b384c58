import { exitCodes } from '../../model/failure.ts'
import { formatRatio } from '../format.ts'
import type { SuiteEntry, SuiteResult } from '../suite.ts'
import type { Style } from './terminal.ts'

/** A suite as text: what it came to, a line each, worst first, and what to do next. */
export const suiteText = (
  { suite, experiments, exitCode, coverageRatio, scoreRatio, next }: SuiteResult,
  style: Style,
): string => {
  const failed = experiments.filter(({ verdict }) => verdict === 'fail')
  const word =
    exitCode === exitCodes.pass
      ? style('good', 'PASS')
      : failed.length > 0
        ? style('bad', 'FAIL')
        : style('doubt', 'INCONCLUSIVE')
  const width = Math.max(...experiments.map(({ experiment }) => experiment.length))
  const score = scoreRatio === null ? 'no score' : `score ${Math.round(scoreRatio * 100)} of 100`
  return [
    `${word} - ${suite}: ${failed.length} of ${experiments.length} hypotheses did not hold; ${score}, ${formatRatio(coverageRatio)} covered`,
    '',
    ...experiments.map((entry) => line(entry, width, style)),
    ...(next.length === 0 ? [] : ['', ...next.map((sentence) => `→ ${sentence}`)]),
    '',
  ].join('\n')
}

const looks = { pass: 'good', fail: 'bad', cannot: 'dim' } as const

const line = ({ experiment, verdict, scoreRatio, reasons }: SuiteEntry, width: number, style: Style): string => {
  const look = verdict in looks ? looks[verdict as keyof typeof looks] : 'doubt'
  const score = scoreRatio === null ? '  –' : String(Math.round(scoreRatio * 100)).padStart(3)
  return `  ${style(look, verdict.padEnd(12))}  ${experiment.padEnd(width)}  ${score}  ${reasons[0] ?? ''}`.trimEnd()
}
