import { rngOf } from '../generators/rng.ts'
import type { CapacityRecord, Search, Trial } from '../model/capacity-record.ts'
import { Failure } from '../model/failure.ts'
import type { FhirSystemName } from '../model/system.ts'
import { unitsPerHour } from '../results/capacity/business-units.ts'
import { capacityVerdict } from '../results/capacity/capacity-verdict.ts'
import { type Growth, monthsToLimit } from '../results/capacity/months-to-limit.ts'
import { bracketOf } from '../results/capacity/next-scale.ts'
import { boundsOf, type EndedSearch, searchResult } from '../results/capacity/search-result.ts'
import { type Made, makeTrial } from './make-trial.ts'
import type { RunRequest } from './run-request.ts'
import { type LimitSearch, searchLimit } from './search-limit.ts'

/** One of the replicas of a system: the last of `index`. */
export interface LostReplica {
  readonly system: FhirSystemName
  readonly index: number
}

export interface CapacityRequest {
  /** Of each trial: its scenario, its slice at scale 1, its target; folder and id are those of the search. */
  readonly run: Omit<RunRequest, 'events'>
  readonly bounds: LimitSearch['bounds']
  readonly withinMs: number
  /** The load that is expected, in parts of the scenario's arrivals at scale 1. */
  readonly forecastLoadRatio: number
  readonly growth: Growth | undefined
  /** Searched for once more without it. */
  readonly without: LostReplica | undefined
  readonly events: CapacityEvents
}

/** What a search tells while it goes on. */
export interface CapacityEvents {
  /** A new search begins; empty: the one for all systems. */
  searching(without: string): void
  /** What the trial under way does. */
  phase(text: string): void
  trial(trial: Trial): void
}

/** Searches for the limits of a scenario's systems, run after run, each of which `make` makes. Throws a Failure when not even the first can be made. */
export const findCapacity = async (asked: CapacityRequest, make = makeTrial): Promise<CapacityRecord> => {
  const request = { ...asked, make }
  const startedAt = new Date().toISOString()
  const { without, forecastLoadRatio, growth } = request
  const deadlineMs = performance.now() + request.withinMs
  const withinMs = without ? request.withinMs / 2 : request.withinMs
  const whole = await searchWith(request, { replicas: without?.index, prefix: '', withinMs })
  const { plan, provenance } = whole
  const { lastsMs = 1, scale = 1 } = whole.search.trials[0] ?? {}
  const units = unitsPerHour(plan, { scale, lastsMs })
  const perHour = (loadRatio: number) =>
    Object.fromEntries(Object.entries(units).map(([unit, count]) => [unit, count * loadRatio]))
  const told = (search: EndedSearch): Search =>
    searchResult(search, {
      perHour,
      precisionRatio: request.bounds.precisionRatio,
      forecastLoadRatio,
      rng: rngOf(request.run.seed).split('capacity'),
    })
  const search = told(whole.search)
  const lost =
    without && (await searchWithout(without, whole.search, { ...request, withinMs: deadlineMs - performance.now() }))
  const losing = lost && without ? { component: nameOf(without), search: told(lost) } : null
  return {
    schemaVersion: 1,
    ...factsOf(request, provenance),
    startedAt,
    endedAt: new Date().toISOString(),
    ...capacityVerdict({ search, without: losing, forecastLoadRatio }),
    forecast: { loadRatio: forecastLoadRatio, perHour: perHour(forecastLoadRatio) },
    search,
    without: losing,
    growth: growth ? monthsOf(search, forecastLoadRatio, growth) : null,
  }
}

const factsOf = ({ run, bounds }: CapacityRequest, provenance: CapacityRecord['provenance']) => ({
  id: run.id,
  scenario: run.scenario.name,
  streams: run.scenario.streams.map(({ name }) => name),
  slice: run.slice,
  target: run.target.name,
  environment: run.target.environment,
  seed: run.seed,
  provenance: { ...provenance, commandLine: run.commandLine },
  precisionRatio: bounds.precisionRatio,
})

const nameOf = ({ system, index }: LostReplica): string => `${system}#${index}`

type Making = CapacityRequest & { readonly make: typeof makeTrial }

interface Setting {
  /** Of the system that a replica of is lost. */
  readonly replicas: number | undefined
  /** Of the trials' names. */
  readonly prefix: string
  readonly withinMs: number
}

const searchWith = async (
  { run, bounds, without, events, make }: Making,
  { replicas, prefix, withinMs }: Setting,
): Promise<Pick<Made, 'plan' | 'provenance'> & { readonly search: EndedSearch }> => {
  let first: Made | undefined
  const search = await searchLimit({
    bounds,
    withinMs,
    now: () => performance.now(),
    signal: run.signal,
    onTrial: events.trial,
    make: async (attempt, number) => {
      const name = `${prefix}trial-${number}`
      const phase = (text: string) => events.phase(`${name}, × ${attempt.scale}: ${text}`)
      const quiet = { phase, loading: () => {}, live: () => {} }
      const more = without && replicas !== undefined ? { replicas: { [without.system]: replicas } } : {}
      const made = await make({ ...run, ...more, events: quiet }, attempt, name)
      first ??= made
      return made.trial
    },
  })
  if (!first) throw new Failure('interrupted', 'interrupted before the first trial', 'run it again')
  return { search, plan: first.plan, provenance: first.provenance }
}

/** The same search with one replica fewer, from about where its limit should lie. Not after an interrupt. */
const searchWithout = async (
  lost: LostReplica,
  { trials, ended }: EndedSearch,
  request: Making,
): Promise<EndedSearch | undefined> => {
  if (ended === 'interrupted') return undefined
  if (request.withinMs < Math.max(...trials.map(({ tookMs }) => tookMs))) {
    return { ended: 'time', endedBecause: 'the time of --within was over before it began', trials: [] }
  }
  request.events.searching(nameOf(lost))
  const { low = request.bounds.fromScale } = bracketOf(trials, 'gate-limit', request.bounds)
  const replicas = lost.index - 1
  const fromScale = Number(((low * replicas) / lost.index).toPrecision(4))
  const bounds = { ...request.bounds, fromScale }
  const setting = { replicas, prefix: 'without-', withinMs: request.withinMs }
  try {
    return (await searchWith({ ...request, bounds }, setting)).search
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { ended: error.kind === 'interrupted' ? 'interrupted' : 'refused', endedBecause: error.message, trials: [] }
  }
}

/** Null where nobody knows a load that the systems carry. */
const monthsOf = ({ gateLimit }: Search, forecast: number, growth: Growth): CapacityRecord['growth'] => {
  const { low, high } = boundsOf(gateLimit)
  if (low === null) return null
  const months = monthsToLimit(forecast, { low, high }, growth)
  return { ...growth, lowMonths: months.low, highMonths: months.high }
}
