import { type Fault, type LinkFault, linkFaultKinds } from '../../../model/fault.ts'
import type { Proof } from '../../driver.ts'
import { isFaint, showsEffect, silenceMs } from '../links/link-effect.ts'
import { inWords, type Probed } from '../links/probe.ts'
import type { ClusterContext } from './context.ts'
import type { Place } from './place.ts'

/** Faster than a person notices: whatever is within it counts as usual. */
const unnoticedMs = 100

const isLink = (fault: Fault): fault is LinkFault => linkFaultKinds.some((kind) => kind === fault.kind)

/** Where the effect of a fault can be measured from here; undefined where only Chaos Mesh can tell: between two systems, in one of several pods, inside a pod. */
export const measuredAt = (fault: Fault, { component, mode, peer }: Place): string | undefined =>
  isLink(fault) && !isFaint(fault) && mode.kind === 'all' && peer?.kind !== 'pods' ? component.healthUrl : undefined

/** An answer that is to be late is no silence. Packets are late, so opening a connection is too. */
const patienceMs = (fault: Fault): number =>
  silenceMs + (fault.kind === 'latency' ? 2 * (fault.delayMs + (fault.jitterMs ?? 0)) : 0)

/** What stands between here and a pod answers in its place when it is cut off: an ingress says 502 or 504. */
const isCutOff = (now: Probed, usual: Probed): boolean => usual.status === 200 && now.status !== 200

/** Whether one look at its health check shows the effect. */
export const measuredEffect = async (
  fault: Fault,
  { url, usual }: { readonly url: string; readonly usual: Probed },
  { ask }: Pick<ClusterContext, 'ask'>,
): Promise<Proof> => {
  const now = await ask(url, patienceMs(fault))
  return {
    holds: fault.kind === 'partition' ? isCutOff(now, usual) : isLink(fault) && showsEffect(fault, now, usual),
    sentence: `${inWords(now)}, before it ${inWords(usual)}`,
  }
}

/** Whether its health check answers as it did. */
export const usualAgain = async (url: string, usual: Probed, { ask }: Pick<ClusterContext, 'ask'>): Promise<Proof> => {
  const now = await ask(url, silenceMs)
  const holds = now.status === usual.status && now.durationMs <= usual.durationMs * 3 + unnoticedMs
  return { holds, sentence: inWords(now) }
}
