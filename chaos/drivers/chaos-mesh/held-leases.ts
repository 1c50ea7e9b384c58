import type { ClusterContext } from './context.ts'
import { type Lease, takeLease } from './lease.ts'

/** Keeps every other run away from some namespaces. */
export interface HeldLeases {
  /** Why they are not held any more, in words; undefined while they are. */
  lost(): string | undefined
  /** Gives them back. */
  release(): Promise<void>
}

/** A run that is dead keeps nobody away for longer. */
const leaseMs = 60_000
const renewEveryMs = 20_000

/** Takes the lease of each namespace and renews it until it is released; of several, all or none. Throws what `takeLease` does. */
export const holdLeases = async (namespaces: readonly string[], context: ClusterContext): Promise<HeldLeases> => {
  const over = new AbortController()
  const leases: Lease[] = []
  let lost: string | undefined
  const release = async (): Promise<void> => {
    over.abort()
    // One that cannot be given back ends by its time.
    await Promise.allSettled(leases.map((lease) => lease.release()))
  }
  try {
    for (const namespace of namespaces) leases.push(await takeLease(context.cluster, wantedIn(namespace, context)))
  } catch (error) {
    await release()
    throw error
  }
  const keepings = leases.map((lease, index) =>
    keep(lease, { namespace: namespaces[index] ?? '', ...context }, over.signal),
  )
  for (const keeping of keepings) {
    void keeping.then((reason) => {
      lost ??= reason
    })
  }
  return { lost: () => lost, release }
}

const wantedIn = (namespace: string, { run, clock, client }: ClusterContext) => ({
  namespace,
  holder: run,
  lastsMs: leaseMs,
  nowUnixMs: () => {
    const { earliestMs, latestMs } = client.clockOffset()
    return clock.nowUnixMs() + (earliestMs + latestMs) / 2
  },
})

/** Renews it until the signal ends that, or somebody else has it or may have it: resolves to that then, in words. */
const keep = async (
  lease: Lease,
  { namespace, clock }: Pick<ClusterContext, 'clock'> & { readonly namespace: string },
  signal: AbortSignal,
): Promise<string | undefined> => {
  let endUnixMs = clock.nowUnixMs() + leaseMs
  for (;;) {
    await clock.sleepUntil(clock.nowUnixMs() + renewEveryMs, signal)
    if (signal.aborted) return undefined
    const askedUnixMs = clock.nowUnixMs()
    // An API server that is away is asked again.
    const found = await lease.renew().then(
      (holder) => ({ holder }),
      () => undefined,
    )
    if (found?.holder !== undefined) return `${namespace} is held by ${found.holder} now, and no more by this run`
    if (found !== undefined) endUnixMs = askedUnixMs + leaseMs
    else if (clock.nowUnixMs() >= endUnixMs) return `${namespace} could not be held for longer: the API server is away`
  }
}
