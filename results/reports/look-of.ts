import type { Verdict } from '../../model/verdict.ts'

/** How a verdict looks. */
export const lookOf = (verdict: Verdict): 'good' | 'bad' | 'doubt' => {
  if (verdict === 'pass' || verdict === 'improved') return 'good'
  return verdict === 'fail' || verdict === 'regressed' ? 'bad' : 'doubt'
}
