import { z } from 'zod'
import { ChaosMeshError } from '../../../chaos-mesh/chaos-mesh-error.ts'
import { readAs } from '../../../chaos-mesh/status/observed.ts'
import { Failure } from '../../../model/failure.ts'
import { type Cluster, orUndefined } from './cluster.ts'

/** So that no two runs break the same namespace at the same time, from whatever machine. */
export interface Lease {
  /** Holds it for as long again, unless somebody else has it by now. */
  renew(): Promise<void>
  /** Gives it back; a lease that somebody else has by now is left alone. */
  release(): Promise<void>
}

const name = 'collaudo'

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
  readonly nowUnixMs: () => number
}

/** Takes the lease of a namespace, also one whose time is over. Throws a `refused` Failure that names who has it. */
export const takeLease = async (cluster: Cluster, wanted: Wanted): Promise<Lease> => {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${wanted.namespace}/leases`
  try {
    const found = await read(cluster, `${path}/${name}`)
    if (found === undefined) await make(cluster, path, wanted)
    else await takeOver(cluster, { path, found }, wanted)
  } catch (error) {
    if (error instanceof ChaosMeshError && error.kind === 'conflict') throw taken(wanted, 'somebody who was faster')
    throw error
  }
  const own = `${path}/${name}`
  return { renew: () => renew(cluster, own, wanted), release: () => release(cluster, own, wanted.holder) }
}

const read = (cluster: Cluster, path: string): Promise<Found | undefined> =>
  orUndefined(async () =>
    readAs(leaseSchema, 'a lease', await cluster.send('to give the lease', { method: 'GET', path })),
  )

const specOf = ({ holder, lastsMs, nowUnixMs }: Wanted) => {
  const now = new Date(nowUnixMs()).toISOString().replace('Z', '000Z')
  return { holderIdentity: holder, leaseDurationSeconds: Math.ceil(lastsMs / 1000), acquireTime: now, renewTime: now }
}

const make = async (cluster: Cluster, path: string, wanted: Wanted): Promise<void> => {
  const body = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name }, spec: specOf(wanted) }
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
  await cluster.send('to take the lease', { method: 'PATCH', path: `${path}/${name}`, body })
}

const taken = ({ namespace }: Wanted, by: string): Failure =>
  new Failure(
    'refused',
    `expected nobody else to break ${namespace} on purpose, got the lease ${name} held by ${by}`,
    `wait for its end; when that run is dead: collaudo restore, then kubectl -n ${namespace} delete lease ${name}`,
  )

const renew = async (cluster: Cluster, path: string, wanted: Wanted): Promise<void> => {
  const found = await read(cluster, path)
  if (found?.spec.holderIdentity !== wanted.holder) return
  const { resourceVersion } = found.metadata
  const { renewTime } = specOf(wanted)
  await cluster.send('to renew the lease', {
    method: 'PATCH',
    path,
    body: { metadata: { resourceVersion }, spec: { renewTime } },
  })
}

const release = async (cluster: Cluster, path: string, holder: string): Promise<void> => {
  const found = await read(cluster, path)
  if (found?.spec.holderIdentity !== holder) return
  const { resourceVersion } = found.metadata
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { resourceVersion } }
  await orUndefined(() => cluster.send('to delete the lease', { method: 'DELETE', path, body }))
}
