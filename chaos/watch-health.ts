import type { Phase } from '../model/phase.ts'
import type { RunRecord } from '../model/run-record.ts'
import type { Conducting } from './conduct-fault.ts'

/** As often as platforms ask. */
const everyMs = 1000

type Watching = Pick<Conducting, 'driver' | 'clock' | 't0UnixMs' | 'signal'> & { readonly phases: readonly Phase[] }

/** Asks every component for its health all the time; resolves to when which of them was not well, on the run's clock. */
export const watchHealth = async ({
  driver,
  clock,
  t0UnixMs,
  phases,
  signal,
}: Watching): Promise<RunRecord['health']> => {
  const endMs = phases.find(({ name }) => name === 'relief' || name === 'drain')?.fromMs ?? 0
  const ill = new Map<string, number>()
  const spells: RunRecord['health'] = []
  let atMs = phases.find(({ name }) => name === 'steady')?.fromMs ?? 0
  for (; atMs < endMs && !signal.aborted; atMs += everyMs) {
    await clock.sleepUntil(t0UnixMs + atMs, signal)
    const health = await driver.health().catch(() => ({}))
    for (const [component, isWell] of Object.entries(health)) {
      const sinceMs = ill.get(component)
      if (!isWell && sinceMs === undefined) ill.set(component, atMs)
      if (!isWell || sinceMs === undefined) continue
      spells.push({ component, fromMs: sinceMs, toMs: atMs })
      ill.delete(component)
    }
  }
  for (const [component, fromMs] of ill) spells.push({ component, fromMs, toMs: atMs })
  return spells
}
