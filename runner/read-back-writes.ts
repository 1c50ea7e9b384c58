import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from '../model/plan.ts'
import type { Integrity } from '../model/run-record.ts'
import { ExpectedImages } from '../results/expected-images.ts'
import { readLedger } from '../results/ledger.ts'
import { reconcile } from '../results/reconcile.ts'
import type { Loaded } from './load.ts'
import type { OpenTarget } from './open-target.ts'

/** Reading everything back may take this long, and documents besides what they need at this rate; less when the load was broken off and somebody waits. */
const limitMs = 600_000
const leastBytesPerMs = 5000
const limitBrokenOffMs = 30_000

/** What was run, where, and who hears of it. */
export interface Ran {
  readonly dir: string
  readonly plan: Plan
  readonly open: OpenTarget
  readonly tell: (text: string) => void
}

/** Reads every write of a run back from its target. What was started is always read back, also when the load was broken off. */
export const readBackWrites = async (
  { dir, plan, open, tell }: Ran,
  loaded: Pick<Loaded, 'ended' | 'collected'>,
): Promise<Integrity> => {
  const { systems, totals, imageSize } = plan
  // The signal that ended the load must not end this too.
  const { signal } = new AbortController()
  const isBrokenOff = loaded.ended === 'interrupted' || loaded.ended === 'timed-out' || loaded.ended === 'aborted'
  const clients = open.clients(signal)
  const integrity = await reconcile({
    ledger: readLedger(dir),
    clients: Object.fromEntries(systems.map((system) => [system, clients.fhir(system)])),
    images: imageSize && { client: clients.images, expected: new ExpectedImages(dir), size: imageSize },
    t0UnixMs: loaded.collected.t0UnixMs ?? Date.now(),
    consistencyWithinMs: open.target.consistencyWithinMs,
    clock: { now: Date.now, sleep: (ms, stop) => sleep(ms, undefined, { signal: stop }).catch(() => {}) },
    signal,
    limitMs: isBrokenOff ? limitBrokenOffMs : limitMs + bytesWritten(totals) / leastBytesPerMs,
    onProblem: (message) => tell(`reconcile ${message}`),
  })
  tell(`reconcile ${integrity.verified} writes read back`)
  return integrity
}

/** Of documents and images. */
const bytesWritten = (totals: Plan['totals']): number =>
  // What was moved is read on both sides.
  ['bytes', 'imageBytes', 'movedBytes', 'movedBytes'].reduce((sum, name) => sum + (totals[name]?.drawn ?? 0), 0)
