import type { Reference } from '../../../chaos-mesh/api/objects.ts'
import type { ExperimentKind } from '../../../chaos-mesh/kinds.ts'
import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'
import { type Conclusion, conclude } from '../../../chaos-mesh/status/conclude.ts'
import type { Injection, Proof } from '../../driver.ts'
import type { ClusterContext } from './context.ts'
import { coverageOf } from './coverage.ts'
import { createdOrLost } from './created-or-lost.ts'
import { measuredAt, measuredEffect, usualAgain } from './effect.ts'
import { oneEnding } from './one-ending.ts'
import type { Planned } from './planned.ts'
import { allReady, type Ends, endsAt, podsAt } from './pods.ts'
import type { Usual } from './usual.ts'

/** Most faults are there within a second; whoever waits longer for one has not much left of it. */
const injectedWithinMs = 10_000

/**
 * A fault that is there until it is ended. Rejects only when nothing was made: what was made and has no effect is an injection whose proof says so,
 * since it must be ended too.
 */
export const injectLasting = async (planned: Planned, usual: Usual, context: ClusterContext): Promise<Injection> => {
  const { client, clock } = context
  const url = measuredAt(planned.fault, planned.place)
  if (url !== undefined && usual.answer?.status !== 200) {
    throw new Error(`expected ${url} to answer before the fault, got no good answer`)
  }
  const before = await endsAt(planned, context)
  const made = await createdOrLost(planned.manifest, client)
  const injection = made && (await client.waitForInjected(made, { withinMs: injectedWithinMs }).catch(() => undefined))
  const nowUnixMs = clock.nowUnixMs()
  return {
    injectedUnixMs:
      injection?.kind === 'injected' ? earliest(client.faultWindow(injection.object), injection.atUnixMs) : nowUnixMs,
    prove: () => prove(planned, { made, before, usual }, context),
    restore: oneEnding(
      planned.manifest,
      { wasThere: made !== undefined, isMeasuredGone: () => isMeasuredGone(planned, usual, context) },
      context,
    ),
    proveGone: () => proveGone(planned, usual, context),
  }
}

/** What was seen may be later than it was; the records tell the second. */
const earliest = (window: ReturnType<ClusterContext['client']['faultWindow']>, seenUnixMs: number): number =>
  Math.min(window?.everywhere.at(-1)?.from.latestUnixMs ?? seenUnixMs, seenUnixMs)

interface Making {
  readonly made: Reference<ExperimentKind> | undefined
  readonly before: Ends
  readonly usual: Usual
}

const prove = async (planned: Planned, { made, before, usual }: Making, context: ClusterContext): Promise<Proof> => {
  const { fault, place } = planned
  if (made === undefined) return { holds: false, sentence: 'the API server gave no answer when it was to be made' }
  const object = await context.client.get(made)
  const conclusion = conclude(object)
  if (conclusion.kind !== 'injected') return { holds: false, sentence: inWords(conclusion) }
  const { isWhole, sentence } = coverageOf(object, place, { before, now: await endsAt(planned, context) })
  if (!isWhole) return { holds: false, sentence: `${fault.component}: ${sentence}` }
  const url = measuredAt(fault, place)
  if (url === undefined || usual.answer === undefined) {
    return {
      holds: true,
      sentence: `${fault.component}: ${sentence}, as Chaos Mesh reports; its effect is not measured from here`,
    }
  }
  const effect = await measuredEffect(fault, { url, usual: usual.answer }, context)
  return { holds: effect.holds, sentence: `${fault.component}: ${sentence}; ${effect.sentence}` }
}

const inWords = (conclusion: Conclusion): string => {
  const missing = 'missing' in conclusion ? conclusion.missing : []
  const targets = missing.map(({ id, phase, message = 'no reason given' }) => `${id} is ${phase} (${message})`)
  return [`it is ${conclusion.kind}`, ...targets].join('; ')
}

/** Pods that are ready tell nothing of it: only its health check does. */
const isMeasuredGone = async (planned: Planned, usual: Usual, context: ClusterContext): Promise<boolean> =>
  measuredAt(planned.fault, planned.place) !== undefined && (await proveGone(planned, usual, context)).holds

/** What is still there, in words. Pods are ready also while something is done inside them. */
const leftOf = async ({ kind, metadata }: SafeExperiment, { client }: ClusterContext): Promise<string | undefined> => {
  const { namespace, name } = metadata
  const [found] = await client.list(kind, { namespace, fieldSelector: `metadata.name=${name}` })
  const conclusion = found && conclude(found)
  const isOver = conclusion === undefined || conclusion.kind === 'recovered' || conclusion.kind === 'never-injected'
  return isOver ? undefined : `${kind} ${namespace}/${name} is still there: ${inWords(conclusion)}`
}

const proveGone = async (
  { manifest, fault, place }: Planned,
  usual: Usual,
  context: ClusterContext,
): Promise<Proof> => {
  const left = await leftOf(manifest, context)
  if (left !== undefined) return { holds: false, sentence: left }
  const ready = allReady(fault.component, await podsAt(place, context), usual.pods.length)
  const url = measuredAt(fault, place)
  if (!ready.holds || url === undefined || usual.answer === undefined) return ready
  const again = await usualAgain(url, usual.answer, context)
  return { holds: again.holds, sentence: `${ready.sentence}; ${again.sentence}` }
}
