import { z } from 'zod'
import { ChaosMeshError } from '../../../chaos-mesh/chaos-mesh-error.ts'
import { readAs } from '../../../chaos-mesh/status/observed.ts'
import { Failure } from '../../../model/failure.ts'
import { type Cluster, orUndefined } from './cluster.ts'

/** So that no two runs break the same namespace at the same time, from whatever machine. */
export interface Lease {
  /** Holds it for as long again; resolves to who has it by now in place of the run, in words, or to undefined. */
  renew(): Promise<string | undefined>
  /** Gives it back; a lease that somebody else has by now is left alone. */
  release(): Promise<void>
}

/** It is called so in every namespace. */
export const leaseName = 'collaudo'

const leaseSchema = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  spec: z
    .object({
      holderIdentity: z.string().nullish(),
      renewTime: z.string().nullish(),
      leaseDurationSeconds: z.number().nullish(),
    })
    .default({}),
})
type Found = z.infer<typeof leaseSchema>

interface Wanted {
  readonly namespace: string
  /** The run. */
  readonly holder: string
  /** Unless it is renewed it is over after this time, so that a dead run keeps nobody away for long. */
  readonly lastsMs: number
  /** By the clock of the API server, which all runs have in common. */
  readonly nowUnixMs: () => number
}

/** Takes the lease of a namespace, also one whose time is over. Throws a `refused` Failure that names who has it. */
export const takeLease = async (cluster: Cluster, wanted: Wanted): Promise<Lease> => {
  const path = pathIn(wanted.namespace)
  try {
    const found = await read(cluster, `${path}/${leaseName}`)
    if (found === undefined) await make(cluster, path, wanted)
    else await takeOver(cluster, { path, found }, wanted)
  } catch (error) {
    if (error instanceof ChaosMeshError && error.kind === 'conflict') throw taken(wanted, 'somebody who was faster')
    throw error
  }
  const own = `${path}/${leaseName}`
  return { renew: () => renew(cluster, own, wanted), release: () => releaseLease(cluster, wanted) }
}

const pathIn = (namespace: string): string => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`

const read = (cluster: Cluster, path: string): Promise<Found | undefined> =>
  orUndefined(async () =>
    readAs(leaseSchema, 'a lease', await cluster.send('to give the lease', { method: 'GET', path })),
  )

const specOf = ({ holder, lastsMs, nowUnixMs }: Wanted) => {
  const now = new Date(nowUnixMs()).toISOString().replace('Z', '000Z')
  return { holderIdentity: holder, leaseDurationSeconds: Math.ceil(lastsMs / 1000), acquireTime: now, renewTime: now }
}

const make = async (cluster: Cluster, path: string, wanted: Wanted): Promise<void> => {
  const body = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: leaseName },
    spec: specOf(wanted),
  }
  await cluster.send('to make the lease', { method: 'POST', path, body })
}

const takeOver = async (
  cluster: Cluster,
  { path, found }: { readonly path: string; readonly found: Found },
  wanted: Wanted,
): Promise<void> => {
  const { holderIdentity, renewTime, leaseDurationSeconds } = found.spec
  const endUnixMs = Date.parse(renewTime ?? '') + (leaseDurationSeconds ?? 0) * 1000
  if (holderIdentity && wanted.nowUnixMs() < endUnixMs) {
    throw taken(wanted, `${holderIdentity} until ${new Date(endUnixMs).toISOString()}`)
  }
  const { resourceVersion } = found.metadata
  const body = { metadata: { resourceVersion }, spec: specOf(wanted) }
  await cluster.send('to take the lease', { method: 'PATCH', path: `${path}/${leaseName}`, body })
}

const taken = ({ namespace }: Wanted, by: string): Failure =>
  new Failure(
    'refused',
    `expected nobody else to break ${namespace} on purpose, got the lease ${leaseName} held by ${by}`,
    'wait for its end; when that run is dead: collaudo restore where it was started, or wait until its time is over',
  )

const renew = async (cluster: Cluster, path: string, wanted: Wanted): Promise<string | undefined> => {
  const found = await read(cluster, path)
  if (found?.spec.holderIdentity !== wanted.holder) return found?.spec.holderIdentity ?? 'nobody'
  const { resourceVersion } = found.metadata
  const { renewTime } = specOf(wanted)
  await cluster.send('to renew the lease', {
    method: 'PATCH',
    path,
    body: { metadata: { resourceVersion }, spec: { renewTime } },
  })
  return undefined
}

/** Gives back the lease of a namespace, which a run may have held; one that somebody else has is left alone. */
export const releaseLease = async (
  cluster: Cluster,
  { namespace, holder }: Pick<Wanted, 'namespace' | 'holder'>,
): Promise<void> => {
  const path = `${pathIn(namespace)}/${leaseName}`
  const found = await read(cluster, path)
  if (found?.spec.holderIdentity !== holder) return
  const { resourceVersion } = found.metadata
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { resourceVersion } }
  await orUndefined(() => cluster.send('to delete the lease', { method: 'DELETE', path, body }))
}
