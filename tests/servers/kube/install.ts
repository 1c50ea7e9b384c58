import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'yaml'
import type { Connection } from '../../../chaos-mesh/api/connection.ts'
import { allKinds, apiVersion, pluralOf } from '../../../chaos-mesh/kinds.ts'
import { asked } from './asked.ts'
import { kube } from './programs.ts'

const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

/** Installs the definitions of every kind that the client makes, as Chaos Mesh 2.8.3 has them, and waits until each is served. */
export const installDefinitions = async (admin: Connection): Promise<void> => {
  for (const kind of allKinds) {
    const text = readFileSync(join(kube.definitions, `chaos-mesh.org_${pluralOf(kind)}.yaml`), 'utf8')
    const body: unknown = JSON.parse(JSON.stringify(parse(text)), asOf283)
    await asked(admin, { method: 'POST', path, body })
  }
  for (const kind of allKinds) await served(admin, `/apis/${apiVersion}/${pluralOf(kind)}`)
}

/** The one field that is younger than 2.8.3. */
const asOf283 = (key: string, value: unknown): unknown => (key === 'partitionBehavior' ? undefined : value)

const tries = 300

/** A definition that is established may be refused for a moment. */
export const served = async (admin: Connection, collection: string): Promise<void> => {
  for (let count = 0; count < tries; count++) {
    const { status } = await admin.send({ method: 'GET', path: collection })
    if (status === 200) return
    await sleep(100)
  }
  throw new Error(`expected ${collection} to be served, got nothing for ${tries / 10} s`)
}
