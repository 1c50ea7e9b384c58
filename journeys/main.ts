import exec from 'k6/execution'
import type { Options } from 'k6/options'
import { patienceMs } from '../generators/patience.ts'
import type { WalkedStream } from '../generators/walked-plan.ts'
import { journeyOf } from './groups/journey-of.ts'
import { type Clock, clockFrom } from './lib/clock.ts'
import { emit } from './lib/emit.ts'
import './lib/image-files.ts'
import { partBegan } from './lib/part-began.ts'
import { isApart, isSmoke, leadMs, parts, plan, streams, target, zeroUnixMs } from './lib/settings.ts'
import { streamSpans } from './lib/stream-lines.ts'
import { ownStream, turnOf } from './lib/timetable.ts'
import type { Turn } from './lib/turn.ts'
import { Visit } from './lib/visit.ts'
import { type Journey, walkThrough } from './lib/walk.ts'

/** Beyond the drain nothing is waited for but the lead before the run's zero and the actors' start. */
const startMs = 1000

const scenarioOf = (stream: WalkedStream, rows: number) => ({
  executor: 'shared-iterations' as const,
  exec: stream.actions.some(({ action }) => action === 'store-study') ? 'walkWithImages' : 'walk',
  // Every process that gets a row needs an actor for it: k6 deals both out in the same way.
  vus: isSmoke ? 1 : Math.min(rows, Math.max(stream.pool, parts)),
  iterations: rows,
  maxDuration: `${Math.ceil(leadMs() + plan.durationMs + plan.drainCapMs + startMs)}ms`,
  gracefulStop: '0s',
})

/** Beyond its zero, for one on a machine apart that was started late: reading the target's clock with time-outs. */
const apartSetupMs = 120_000

/** One for each stream that has rows; a smoke run walks one of each action. */
const scenarios = (): NonNullable<Options['scenarios']> => {
  const spans = streamSpans()
  const rowCount = ({ ordinal, actions }: WalkedStream) =>
    isSmoke ? actions.length : (spans[ordinal]?.rows.count ?? 0)
  const walked = streams.filter((stream) => rowCount(stream) > 0)
  return Object.fromEntries(walked.map((stream) => [stream.name, scenarioOf(stream, rowCount(stream))]))
}

/** What k6 shows to servers that ask who it is. */
const tlsAuth = (): NonNullable<Options['tlsAuth']> => {
  const { certFile, keyFile } = target.tls ?? {}
  if (certFile === undefined || keyFile === undefined) return []
  return [{ domains: [], cert: open(certFile), key: open(keyFile) }]
}

export const options: Options = {
  // k6 reads them before there are actors, who need not keep them.
  scenarios: __VU === 0 ? scenarios() : {},
  tlsAuth: __VU === 0 ? tlsAuth() : [],
  userAgent: 'collaudo',
  dns: { ttl: '30s', select: 'roundRobin', policy: 'preferIPv4' },
  setupTimeout: isApart ? `${Math.ceil(Math.max(0, zeroUnixMs() - Date.now()) + apartSetupMs)}ms` : '30s',
}

/** Fixes the run's zero, once every actor is ready. Whoever is on a machine apart was started long before, and waits. */
export const setup = (): { readonly zeroUnixMs: number } => {
  const zero = zeroUnixMs()
  emit({ kind: 'clock', t0UnixMs: zero })
  if (isApart) {
    emit(partBegan())
    clockFrom(zero).sleepUntil(-leadMs())
  }
  return { zeroUnixMs: zero }
}

export const teardown = (run: { readonly zeroUnixMs: number }): void => {
  if (isApart) emit({ kind: 'part-ended', atMs: clockFrom(run.zeroUnixMs).nowMs() })
}

/** An actor takes the next row, waits until it is due and walks its journey. */
export const walk = async (run: { readonly zeroUnixMs: number }): Promise<void> => {
  const clock = clockFrom(run.zeroUnixMs)
  const takenMs = clock.nowMs()
  const turn = await currentTurn()
  walkTaken(turn, await journeyOf(turn.journey), { clock, takenMs })
}

interface Taken {
  readonly clock: Clock
  readonly takenMs: number
}

const walkTaken = (turn: Turn, steps: Journey, { clock, takenMs }: Taken): void => {
  const { name } = turn.stream
  const { journey, row, dueMs } = turn
  const leftMs = hangUpMs(turn)
  if (takenMs > leftMs) {
    emit({ kind: 'abandoned', stream: name, journey, row, dueMs, leftMs })
    return
  }
  clock.sleepUntil(dueMs)
  emit({ kind: 'row', stream: name, row, dueMs, takenMs, startedMs: clock.nowMs() })
  const visit = new Visit(turn, clock)
  const outcome = walkThrough(steps, visit)
  emit({ kind: 'end', stream: name, journey, row, outcome, endedMs: clock.nowMs() })
  if (clock.nowMs() < plan.durationMs) visit.wrapUp()
}

/** The same for a device, which makes the body of its images just before its row is due: dozens of them wait, and a body has 20 MB. */
export const walkWithImages = async (run: { readonly zeroUnixMs: number }): Promise<void> => {
  const clock = clockFrom(run.zeroUnixMs)
  const takenMs = clock.nowMs()
  const turn = await currentTurn()
  const steps = await journeyOf(turn.journey)
  const { dropStowBody, loadStowBody } = await import('./lib/stow-body.ts')
  const loadMs = turn.dueMs - loadLeadMs
  if (clock.nowMs() < loadMs) {
    dropStowBody()
    clock.sleepUntil(loadMs)
  }
  if (turn.journey === 'store-study') await loadStowBody(turn)
  walkTaken(turn, steps, { clock, takenMs })
}

/** Ample for 20 MB on a busy machine. */
const loadLeadMs = 1000

/** The row that the actor has taken. */
const currentTurn = (): Promise<Turn> => {
  const { name, iterationInTest } = exec.scenario
  return turnOf(ownStream(name), iterationInTest)
}

/** When the caller of a row gives up; never where people wait for ever, or are already being served. */
const hangUpMs = (turn: Turn): number => {
  const { calls } = turn.stream
  return calls && turn.entry === 0 ? turn.dueMs + patienceMs(turn.seed, calls.patienceMs) : Number.POSITIVE_INFINITY
}
