import type { RunRecord } from '../../model/run-record.ts'

/** The verdict in one word and one plain sentence. */
export interface Headline {
  readonly word: string
  readonly sentence: string
}

const openings = {
  pass: 'may go live at this load',
  improved: 'may go live at this load, and is better than the baseline',
  fail: '',
  regressed: 'worse than the baseline',
  inconclusive: 'nothing is proven either way',
  invalid: 'the measurement cannot be trusted',
  'no-baseline': 'there is no baseline to compare with',
} as const

export const headline = ({
  verdict,
  reasons,
  resilience,
}: Pick<RunRecord, 'verdict' | 'reasons' | 'resilience'>): Headline => {
  const [first = ''] = reasons
  const opening = resilience && verdict === 'pass' ? 'the hypothesis held' : openings[verdict]
  const sentence = [opening, first.replace(/\.$/, '')].filter((part) => part !== '').join(': ')
  return { word: verdict.toUpperCase(), sentence }
}
