import type { FaultUse } from '../model/experiment.ts'
import type { FaultResult } from '../model/run-record.ts'
import type { Driver, Injection, Proof } from './driver.ts'
import type { Journal } from './restoring/journal.ts'

/** Time as an argument. `sleepUntil` resolves at once for what is past, and when the signal is aborted. */
export interface ConductorClock {
  nowUnixMs(): number
  sleepUntil(unixMs: number, signal: AbortSignal): Promise<void>
}

/** What one fault needs to be conducted. */
export interface Conducting {
  readonly driver: Driver
  readonly journal: Pick<Journal, 'write'>
  readonly clock: ConductorClock
  /** The run's zero. */
  readonly t0UnixMs: number
  /** When the fault phase begins, on the run's clock. */
  readonly faultPhaseMs: number
  /** When the last fault is to end: until then another one may hide that this one is gone. */
  readonly lastEndMs: number
  /** Ends what is there now. */
  readonly signal: AbortSignal
  readonly tell: (text: string) => void
  /** Told when a fault begins to have an effect, and when it is over. */
  readonly onFault?: ((change: { readonly id: string; readonly isActive: boolean }) => void) | undefined
}

/** The journal has to be on the disk before the fault is made, and the fault must not wait for the disk. */
const leadMs = 500

/** Time enough to measure an effect twice before its planned end: silence takes 1.5 s to be one. */
const lastLookMs = 4000

/** Between two measurements of an effect. */
const proveEveryMs = 100

/** How long it is looked for that nothing is left, and how often a restoration is tried. */
const goneWithinMs = 20_000
const restoreTries = 5
const restoreEveryMs = 500

/** Whoever is left ends it this long after its planned end. */
const deadlineMarginMs = 10_000

/**
 * Injects one fault on time, proves it, holds it, restores it, and proves that it is gone. Never throws for what the target does; a
 * Failure when the journal cannot be written before it, and then nothing was made.
 */
export const conductFault = async (id: string, use: FaultUse, conducting: Conducting): Promise<FaultResult> => {
  const { driver, journal, clock, t0UnixMs, faultPhaseMs, signal, tell, onFault } = conducting
  const { fault, fromMs = 0, lastsMs } = use
  const requestedMs = faultPhaseMs + fromMs
  const beginUnixMs = t0UnixMs + requestedMs
  const endUnixMs = beginUnixMs + lastsMs
  const what = { id, kind: fault.kind, component: fault.component, fault, requestedMs }
  await clock.sleepUntil(beginUnixMs - leadMs, signal)
  if (signal.aborted) return { ...what, ...never, proof: 'the run ended before it' }
  journal.write({
    kind: 'injecting',
    id,
    fault,
    undoings: [...driver.undoingsOf(fault, id)],
    deadlineUnixMs: endUnixMs + deadlineMarginMs,
    atUnixMs: clock.nowUnixMs(),
  })
  await clock.sleepUntil(beginUnixMs, signal)
  const injection = await orProblem(() => driver.inject(id, fault, lastsMs))
  if (typeof injection === 'string') {
    tell(`fault     ${fault.kind} on ${fault.component} could not be made: ${injection}`)
    noteRestored(id, conducting)
    return { ...what, ...never, proof: injection }
  }
  onFault?.({ id, isActive: true })
  tell(`fault     ${fault.kind} on ${fault.component} since ${seconds(injection.injectedUnixMs - t0UnixMs)}`)
  const proven = await until(() => injection.prove(), endUnixMs, conducting)
  tell(`fault     ${proven.atUnixMs === undefined ? 'without effect' : 'proven'}: ${proven.sentence}`)
  const lostProof = proven.atUnixMs === undefined ? null : await held(injection, endUnixMs, conducting)
  if (lostProof !== null) tell(`fault     ${fault.kind} on ${fault.component} has lost its effect: ${lostProof}`)
  await untilOver(injection, endUnixMs, conducting)
  const after = await restored(id, injection, conducting)
  const onRunClock = (unixMs: number | undefined) => (unixMs === undefined ? null : unixMs - t0UnixMs)
  return {
    ...what,
    injectedMs: onRunClock(injection.injectedUnixMs),
    provenMs: onRunClock(proven.atUnixMs),
    restoredMs: onRunClock(after.restoredUnixMs),
    goneMs: onRunClock(after.goneUnixMs),
    proof: proven.sentence,
    lostProof,
    goneProof: after.sentence,
  }
}

/**
 * In the middle of its time and right before its end its effect must be there still: a process that was started again in between has lost what was done to it.
 * Resolves to what was measured in place of it; to null when it was there, or there was no time to see.
 */
const held = async (injection: Injection, endUnixMs: number, conducting: Conducting): Promise<string | null> => {
  if (injection.over !== undefined) return null
  const { clock, signal } = conducting
  const middleUnixMs = (injection.injectedUnixMs + endUnixMs) / 2
  for (const lookUnixMs of [middleUnixMs, Math.max(middleUnixMs, endUnixMs - lastLookMs)]) {
    await clock.sleepUntil(lookUnixMs, signal)
    const still = await until(() => injection.prove(), endUnixMs, conducting)
    const isThere = still.atUnixMs !== undefined || still.sentence === noTime || signal.aborted
    if (!isThere) return still.sentence
  }
  return null
}

/** Until its planned end, the end of the run, or its own. */
const untilOver = async (injection: Injection, endUnixMs: number, { clock, signal }: Conducting): Promise<void> => {
  const isOver = new AbortController()
  injection.over?.then(
    () => isOver.abort(),
    // The restoration tells of it.
    () => {},
  )
  await clock.sleepUntil(endUnixMs, AbortSignal.any([signal, isOver.signal]))
}

const never = {
  injectedMs: null,
  provenMs: null,
  restoredMs: null,
  goneMs: null,
  lostProof: null,
  goneProof: 'nothing was changed',
} as const

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

interface Restoration {
  readonly restoredUnixMs?: number
  readonly goneUnixMs?: number
  readonly sentence: string
}

/** What the run was ended by must not end the restoration too. */
const restored = async (id: string, injection: Injection, conducting: Conducting): Promise<Restoration> => {
  const { clock, tell } = conducting
  const going = { ...conducting, signal: new AbortController().signal }
  for (let tries = 1; ; tries++) {
    const restoredUnixMs = await orProblem(() => injection.restore())
    if (typeof restoredUnixMs === 'number') {
      noteRestored(id, conducting)
      conducting.onFault?.({ id, isActive: false })
      const goneByUnixMs = Math.max(clock.nowUnixMs(), conducting.t0UnixMs + conducting.lastEndMs) + goneWithinMs
      const gone = await until(() => injection.proveGone(), goneByUnixMs, going)
      tell(`restored  ${gone.sentence}`)
      return {
        restoredUnixMs,
        sentence: gone.sentence,
        ...(gone.atUnixMs !== undefined && { goneUnixMs: gone.atUnixMs }),
      }
    }
    if (tries === restoreTries) return { sentence: restoredUnixMs }
    await clock.sleepUntil(clock.nowUnixMs() + restoreEveryMs, going.signal)
  }
}

/** Without it somebody will end once more what is ended. */
const noteRestored = (id: string, { journal, clock, tell }: Conducting): void => {
  try {
    journal.write({ kind: 'restored', id, by: 'run', atUnixMs: clock.nowUnixMs() })
  } catch (error) {
    tell(`journal   ${error instanceof Error ? error.message : error}`)
  }
}

/** Measures again and again until it holds; without a time when it never did. */
const until = async (
  measure: () => Promise<Proof>,
  endUnixMs: number,
  { clock, signal }: Pick<Conducting, 'clock' | 'signal'>,
): Promise<{ readonly sentence: string; readonly atUnixMs?: number }> => {
  let sentence = noTime
  for (;;) {
    const proof = await inTime(measure, endUnixMs, { clock, signal })
    const nowUnixMs = clock.nowUnixMs()
    if (proof.holds) return { sentence: proof.sentence, atUnixMs: nowUnixMs }
    // The last one may be cut by the end: what was measured before it says more.
    if (proof.sentence !== noTime) sentence = proof.sentence
    if (nowUnixMs + proveEveryMs >= endUnixMs || signal.aborted) return { sentence }
    await clock.sleepUntil(nowUnixMs + proveEveryMs, signal)
  }
}

const noTime = 'there was no time to measure it'

/** Whoever waits for the end of a fault does not wait for a measurement of it. */
const inTime = async (
  measure: () => Promise<Proof>,
  endUnixMs: number,
  { clock, signal }: Pick<Conducting, 'clock' | 'signal'>,
): Promise<Proof> => {
  const isDone = new AbortController()
  const isOver = clock.sleepUntil(endUnixMs, AbortSignal.any([signal, isDone.signal]))
  const found = await Promise.race([orProblem(measure), isOver.then(() => noTime)])
  isDone.abort()
  return typeof found === 'string' ? { holds: false, sentence: found } : found
}

/** What the target or a driver does is told, not thrown: a fault that was made must be ended all the same. */
const orProblem = async <T>(work: () => Promise<T>): Promise<T | string> => {
  try {
    return await work()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
