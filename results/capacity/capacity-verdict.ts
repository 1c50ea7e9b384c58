import type { CapacityRecord, Limit, Search } from '../../model/capacity-record.ts'
import { exitCodes } from '../../model/failure.ts'
import { boundsOf } from './search-result.ts'

type Judgement = Pick<CapacityRecord, 'verdict' | 'exitCode'>

/** What must carry the forecast: the systems, and where it was asked, what is left of them. */
export interface Judged {
  readonly search: Search
  readonly without: CapacityRecord['without']
  readonly forecastLoadRatio: number
}

/**
 * Pass: every gate is met at the forecast or more, also without the component. Fail: broken at the forecast or less. Otherwise
 * nobody can tell; invalid when it was the load generator that could not go on. An interrupt outranks it.
 */
export const capacityVerdict = ({ search, without, forecastLoadRatio }: Judged): Judgement => {
  const searches = [search, ...(without ? [without.search] : [])]
  const verdicts = searches.map((one) => verdictOf(one, forecastLoadRatio))
  const verdict = (['fail', 'invalid', 'inconclusive'] as const).find((one) => verdicts.includes(one)) ?? 'pass'
  return { verdict, exitCode: exitCodeOf(searches, verdict) }
}

const verdictOf = ({ gateLimit, ended }: Search, forecast: number): Judgement['verdict'] => {
  if (carries(gateLimit, forecast)) return 'pass'
  const { high } = boundsOf(gateLimit)
  if (high !== null && high <= forecast) return 'fail'
  return ended === 'load-generator' ? 'invalid' : 'inconclusive'
}

/** Whether every gate was met at this load or a higher one. */
const carries = (limit: Limit, loadRatio: number): boolean => {
  const { low } = boundsOf(limit)
  return low !== null && low >= loadRatio
}

const exitCodeOf = (searches: readonly Search[], verdict: Judgement['verdict']): number => {
  const hasEnded = (how: Search['ended']) => searches.some(({ ended }) => ended === how)
  if (hasEnded('interrupted')) return exitCodes.interrupted
  if (verdict === 'pass') return exitCodes.pass
  if (verdict === 'fail') return exitCodes.failed
  return hasEnded('crashed') ? exitCodes.crashed : exitCodes.invalid
}
