import { ChaosMeshError } from '../chaos-mesh-error.ts'
import type { Context } from '../context.ts'
import { allKinds, type Kind } from '../kinds.ts'
import { within } from '../waiting/within.ts'
import { type CleanUpLimits, cleanUp } from './clean-up.ts'
import { type CleanedUp, cleanUpSchedule } from './clean-up-schedule.ts'
import { persist } from './persist.ts'
import { referenceTo } from './reference-to.ts'

/** What is swept: everything that has all of these labels. */
export interface SweepLimits extends CleanUpLimits {
  readonly labels: Readonly<Record<string, string>>
  /** Absent: all namespaces, which needs rights in the whole cluster. */
  readonly namespaces?: readonly string[]
}

/** What was swept; kinds that the cluster does not know have none. */
export interface Sweep {
  readonly cleaned: readonly CleanedUp[]
  readonly notInstalled: readonly Kind[]
}

/**
 * Ends everything that has the labels, Schedules first, whoever has made it and however long ago. May be called again. Throws an `unsafe`
 * ChaosMeshError without labels, since that would be everybody's.
 */
export const sweep = async (context: Context, limits: SweepLimits): Promise<Sweep> => {
  const labelSelector = Object.entries(limits.labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
  if (labelSelector === '') {
    throw new ChaosMeshError('unsafe', 'expected labels to sweep by, got none', {
      hint: 'name the labels of what is yours',
    })
  }
  const schedules = await sweepKind('Schedule', labelSelector, { context, limits })
  const kinds = allKinds.filter((kind) => kind !== 'Schedule')
  const others = await Promise.all(kinds.map((kind) => sweepKind(kind, labelSelector, { context, limits })))
  const all = [schedules, ...others]
  return {
    cleaned: all.flatMap((cleaned) => cleaned ?? []),
    notInstalled: ['Schedule' as const, ...kinds].filter((_, index) => all[index] === undefined),
  }
}

interface Sweeping {
  readonly context: Context
  readonly limits: SweepLimits
}

/** Undefined when the kind is not installed. */
const sweepKind = async (
  kind: Kind,
  labelSelector: string,
  { context, limits }: Sweeping,
): Promise<readonly CleanedUp[] | undefined> => {
  const found = await labelled(kind, labelSelector, { context, limits })
  const works = found?.map(async (reference) =>
    kind === 'Schedule'
      ? cleanUpSchedule(reference, context, limits)
      : [{ reference, result: await cleanUp(reference, context, limits) }],
  )
  return works && (await Promise.all(works)).flat()
}

const labelled = async (kind: Kind, labelSelector: string, { context, limits }: Sweeping) => {
  const choices = limits.namespaces?.map((namespace) => ({ namespace, labelSelector })) ?? [{ labelSelector }]
  try {
    const lists = await within(context, limits, (signal) =>
      persist(context, signal, () => Promise.all(choices.map((choice) => context.objects.list(kind, choice, signal)))),
    )
    return lists.flatMap(({ objects }) => objects).map((object) => referenceTo(kind, object))
  } catch (error) {
    if (error instanceof ChaosMeshError && error.kind === 'not-installed') return undefined
    throw error
  }
}
