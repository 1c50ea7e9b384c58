import type { Search, Trial } from '../model/capacity-record.ts'
import { Failure } from '../model/failure.ts'
import { findBottleneck } from '../results/capacity/find-bottleneck.ts'
import { leastPoints } from '../results/capacity/knee.ts'
import { breakpointOf } from '../results/capacity/limits.ts'
import { type NextStep, nextScale, type SearchBounds } from '../results/capacity/next-scale.ts'
import type { EndedSearch } from '../results/capacity/search-result.ts'

/** What a search tries next. */
export type Attempt = Extract<NextStep, { kind: 'try' }>

export interface LimitSearch {
  readonly bounds: Omit<SearchBounds, 'levels' | 'breaksAt'>
  /** No trial begins that would end later than so long after the start of the search. */
  readonly withinMs: number
  /** Any clock that only goes forward, ms. */
  readonly now: () => number
  readonly signal: AbortSignal
  /** Makes one trial; `number` counts from 1. */
  readonly make: (attempt: Attempt, number: number) => Promise<Trial>
  readonly onTrial: (trial: Trial) => void
}

type Ending = Pick<Search, 'ended' | 'endedBecause'>

/**
 * Makes trials until the limits are found, or one of the reasons not to go on is there. A command ends as its first trial does when that
 * cannot be made: then nothing is known. Throws a Failure then, and where a target stays changed.
 */
export const searchLimit = async (search: LimitSearch): Promise<EndedSearch> => {
  const startedMs = search.now()
  const trials: Trial[] = []
  for (;;) {
    if (search.signal.aborted) return { ...interrupted, trials }
    const next = nextOf(trials, search)
    if (next.kind === 'end') return { ...inWords(next.ended, search.bounds), trials }
    const late = lateness(next, trials, { ...search, startedMs })
    if (late) return { ...late, trials }
    const made = await attempted(next, trials, search)
    if ('ended' in made && !('scale' in made)) return { ...made, trials }
    trials.push(made)
    search.onTrial(made)
    const stopped = brokenOff(made) ?? lateGenerator(trials)
    if (stopped) return { ...stopped, trials }
  }
}

/** A trial in which the load generator was late is made once more: a moment says nothing. */
const nextOf = (trials: readonly Trial[], { bounds }: LimitSearch): NextStep => {
  const last = trials.at(-1)
  if (last?.verdict === 'invalid') return { kind: 'try', aim: last.aim, scale: last.scale }
  const reading = { ...bounds, perHour: () => ({}), bottleneck: findBottleneck(trials), endedBecause: '' }
  const seen = breakpointOf(trials, reading)
  return nextScale(trials, {
    ...bounds,
    levels: leastPoints,
    ...(seen.kind === 'found' && { breaksAt: seen.loadRatio }),
  })
}

const attempted = async (next: Attempt, trials: readonly Trial[], { make }: LimitSearch): Promise<Trial | Ending> => {
  try {
    return await make(next, trials.length + 1)
  } catch (error) {
    // What is still changed on a target outranks all that is known.
    if (!(error instanceof Failure) || trials.length === 0 || error.kind === 'not-restored') throw error
    if (error.kind === 'interrupted') return interrupted
    const ended = error.kind === 'crashed' ? 'crashed' : 'refused'
    return { ended, endedBecause: `× ${next.scale} could not be tried: ${error.message}` }
  }
}

const interrupted: Ending = { ended: 'interrupted', endedBecause: 'the search was interrupted' }

/** A trial lasts about as long as the longest before it. What only a knee needs is no loss. */
const lateness = (
  { aim }: Attempt,
  trials: readonly Trial[],
  { now, startedMs, withinMs }: LimitSearch & { readonly startedMs: number },
): Ending | undefined => {
  const longestMs = Math.max(0, ...trials.map(({ tookMs }) => tookMs))
  if (trials.length === 0 || now() - startedMs + longestMs <= withinMs) return undefined
  if (aim === 'curve') return inWords('found', undefined)
  return { ended: 'time', endedBecause: 'the time of --within was over' }
}

const brokenOff = ({ ended, scale }: Trial): Ending | undefined => {
  if (ended === 'completed') return undefined
  return ended === 'crashed' ? { ended, endedBecause: `k6 or a journey crashed at × ${scale}` } : interrupted
}

const lateGenerator = (trials: readonly Trial[]): Ending | undefined => {
  const last = trials.at(-1)
  const late = trials.filter(({ verdict, scale }) => verdict === 'invalid' && scale === last?.scale)
  if (last?.verdict !== 'invalid' || late.length < 2) return undefined
  const reason = (last.reasons[0] ?? '').replace(/\.$/, '')
  const endedBecause = `× ${last.scale} could not be measured, twice (${reason}): the load generator is the limit here, not the systems`
  return { ended: 'load-generator', endedBecause }
}

const inWords = (
  ended: Extract<NextStep, { kind: 'end' }>['ended'],
  bounds: Pick<SearchBounds, 'maxScale'> | undefined,
): Ending => {
  switch (ended) {
    case 'found':
      return { ended, endedBecause: '' }
    case 'max-scale':
      return { ended, endedBecause: `--max-scale ${bounds?.maxScale} was reached` }
    case 'nothing-holds':
      return { ended, endedBecause: 'the gates break under hardly any load' }
  }
}
