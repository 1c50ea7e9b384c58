import type { Bottleneck, SystemFlow, Trial } from '../../model/capacity-record.ts'
import { byLoad } from './by-load.ts'
import { isFailing } from './is-failing.ts'

/** A system that answers so many times slower than under the lowest load, and so much later, is what holds the others up. Assumption. */
const slowFactor = 2
const slowByMs = 50
/** Rows that wait longer for an actor have too few of them. Assumption. */
const longWaitMs = 1000

/** What breaks first, and where: read off the lowest load that broke, beside the lowest that did not. Null: nothing broke. */
export const findBottleneck = (trials: readonly Trial[]): Bottleneck | null => {
  const sorted = byLoad(trials)
  const broken = sorted.find(({ followsLoad }) => followsLoad === 'no') ?? sorted.find(isUnfit)
  const first = sorted.find(isUnfit) ?? broken
  if (!broken || !first) return null
  const usual = sorted.find(({ followsLoad }) => followsLoad === 'yes')
  const system = slowest(broken.systems, usual?.systems ?? [])
  const waits = broken.streams.some(({ stream, waitMs }) => broken.suffering.includes(stream) && waitMs > longWaitMs)
  return {
    // Without a load that was followed nobody knows whether the systems are slow.
    kind: system ? 'system' : waits && usual ? 'actors' : 'unknown',
    system: system ?? null,
    streams: first.suffering,
    gates: first.gatesBroken,
  }
}

const isUnfit = ({ meetsGates }: Trial): boolean => meetsGates === 'no'

/** The system that has become slowest, in times, or the one that fails. */
const slowest = (now: readonly SystemFlow[], usual: readonly SystemFlow[]): SystemFlow['system'] | undefined => {
  const slower = now.flatMap((flow) => {
    const { system, meanMs } = flow
    const usualMs = usual.find((one) => one.system === system)?.meanMs ?? Number.POSITIVE_INFINITY
    const factor = isFailing(flow) ? Number.POSITIVE_INFINITY : meanMs - usualMs < slowByMs ? 0 : meanMs / usualMs
    return factor >= slowFactor ? [{ system, factor }] : []
  })
  return slower.toSorted((a, b) => b.factor - a.factor)[0]?.system
}
