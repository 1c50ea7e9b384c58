import { formatRatio } from '../format.ts'
import type { SuiteResult } from '../suite.ts'
import { escaped, markdownTable } from './markdown.ts'

/** A suite for a job's page: a row for each experiment, worst first, and what to do next. */
export const suiteMarkdown = ({ suite, experiments, coverageRatio, scoreRatio, next }: SuiteResult): string => {
  const score = scoreRatio === null ? 'no score' : `score ${Math.round(scoreRatio * 100)} of 100`
  return `# ${escaped(suite)}: ${experiments.filter(({ verdict }) => verdict === 'pass').length} of ${experiments.length} passed; ${score}, ${formatRatio(coverageRatio)} covered

${markdownTable(
  ['Experiment', 'Verdict', 'Score', 'Why'],
  experiments.map(({ experiment, verdict, scoreRatio: of, reasons }) => [
    experiment,
    verdict,
    of === null ? '–' : String(Math.round(of * 100)),
    reasons[0] ?? '',
  ]),
)}
${next.map((sentence) => `\n- ${escaped(sentence)}`).join('')}
`
}
