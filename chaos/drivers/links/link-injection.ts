import type { LinkFault } from '../../../model/fault.ts'
import type { Injection, Proof } from '../../driver.ts'
import { isFaint, isPartial, probePath, showsEffect, silenceMs } from './link-effect.ts'
import type { Links } from './links.ts'
import { inWords, type Probed, probe } from './probe.ts'

/** Faster than a person notices: whatever is within it counts as usual. */
const unnoticedMs = 100

const look = (links: Links, way: string, delayMs = 0): Promise<Probed> =>
  probe(`${links.originOf(way)}${probePath}`, delayMs + silenceMs, links.ca)

/** An answer that is to be late is no silence. */
const delayOf = (fault: LinkFault): number => (fault.kind === 'latency' ? fault.delayMs + (fault.jitterMs ?? 0) : 0)

/** What each way of a component answers while nothing is wrong. */
export const usualAnswers = async (links: Links, component: string): Promise<ReadonlyMap<string, Probed>> => {
  const ways = links.waysOf(component)
  const answers = await Promise.all(ways.map((way) => look(links, way)))
  return new Map(ways.map((way, index): [string, Probed] => [way, answers[index] ?? nothing]))
}

const nothing: Probed = { durationMs: 0, status: 0, body: '', error: 'not asked' }

/** A fault that the proxy makes on every way of its component. */
export const injectLink = async (
  links: Links,
  { id, fault }: { readonly id: string; readonly fault: LinkFault },
  usual: ReadonlyMap<string, Probed>,
): Promise<Injection> => {
  const ways = links.waysOf(fault.component)
  const ill = ways.filter((way) => usual.get(way)?.status !== 200)
  if (ill.length > 0) throw new Error(`expected ${ill.join(', ')} to answer before the fault, got no good answer`)
  const { atUnixMs } = await links.proxy.inject({ id, links: ways, fault })
  const proofs = async (prove: (way: string) => Promise<Proof>): Promise<Proof> => {
    const all = await Promise.all(ways.map(prove))
    return {
      holds: all.length > 0 && all.every(({ holds }) => holds),
      sentence: all.map(({ sentence }) => sentence).join('; '),
    }
  }
  // The probes are among what is hit: every one of them by a faint fault. One that hits some only may pass over all of them for a
  // while; once it has hit it is there as long as the proxy is, which is asked.
  let seen = 0
  const hits = async (): Promise<Proof> => {
    await Promise.all(ways.map((way) => look(links, way)))
    const hit = await hitCount(links, ways, id)
    const before = isPartial(fault) ? 0 : seen
    seen = hit
    return { holds: hit > before, sentence: `${ways.join(', ')}: ${hit} hit` }
  }
  return {
    injectedUnixMs: atUnixMs,
    prove: () => (isPartial(fault) || isFaint(fault) ? hits() : proofs((way) => effect(links, way, { fault, usual }))),
    restore: async () => (await links.proxy.restore(id)).atUnixMs,
    async proveGone() {
      const before = await hitCount(links, ways, id)
      const proof = await proofs((way) => usualAgain(links, way, usual))
      const more = (await hitCount(links, ways, id)) - before
      return more === 0 ? proof : { holds: false, sentence: `${proof.sentence}; ${more} more hit` }
    },
  }
}

const effect = async (
  links: Links,
  way: string,
  { fault, usual }: { readonly fault: LinkFault; readonly usual: ReadonlyMap<string, Probed> },
): Promise<Proof> => {
  const now = await look(links, way, delayOf(fault))
  const before = usual.get(way) ?? nothing
  return { holds: showsEffect(fault, now, before), sentence: `${way}: ${inWords(now)}, before it ${inWords(before)}` }
}

const hitCount = async (links: Links, ways: readonly string[], id: string): Promise<number> => {
  const counts = await links.proxy.counts()
  return ways.reduce((sum, way) => sum + (counts[way]?.hits[id] ?? 0), 0)
}

const usualAgain = async (links: Links, way: string, usual: ReadonlyMap<string, Probed>): Promise<Proof> => {
  const now = await look(links, way)
  const before = usual.get(way) ?? nothing
  const holds =
    now.error === before.error && now.status === before.status && now.durationMs <= before.durationMs * 3 + unnoticedMs
  return { holds, sentence: `${way}: ${inWords(now)}` }
}
