import { z } from 'zod'
import { answerError } from '../../../chaos-mesh/api/answer-error.ts'
import type { ApiRequest, Connection } from '../../../chaos-mesh/api/connection.ts'
import { ChaosMeshError } from '../../../chaos-mesh/chaos-mesh-error.ts'
import { readAs } from '../../../chaos-mesh/status/observed.ts'
import {
  type Budget,
  budgetSchema,
  type ClusterNode,
  type DaemonSet,
  type Deployment,
  daemonSetSchema,
  deploymentSchema,
  listOf,
  type Namespace,
  namespaceSchema,
  nodeSchema,
  type Pod,
  podSchema,
} from './cluster-objects.ts'

/** One thing that somebody wants to do. */
export interface Right {
  readonly verb: string
  /** Empty: of the core. */
  readonly group: string
  readonly resource: string
  /** Absent: in the whole cluster. */
  readonly namespace?: string
}

/** What is read of a cluster besides experiments. Every method throws ChaosMeshErrors only. */
export class Cluster {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Pods with all of these labels. */
  pods(namespace: string, labels: Readonly<Record<string, string>> = {}): Promise<readonly Pod[]> {
    return this.#list(podSchema, `/api/v1/namespaces/${namespace}/pods`, labels)
  }

  nodes(): Promise<readonly ClusterNode[]> {
    return this.#list(nodeSchema, '/api/v1/nodes')
  }

  async namespace(name: string): Promise<Namespace | undefined> {
    return orUndefined(() => this.#get(namespaceSchema, `/api/v1/namespaces/${name}`))
  }

  deployments(namespace: string, labels: Readonly<Record<string, string>>): Promise<readonly Deployment[]> {
    return this.#list(deploymentSchema, `/apis/apps/v1/namespaces/${namespace}/deployments`, labels)
  }

  daemonSets(namespace: string, labels: Readonly<Record<string, string>>): Promise<readonly DaemonSet[]> {
    return this.#list(daemonSetSchema, `/apis/apps/v1/namespaces/${namespace}/daemonsets`, labels)
  }

  budgets(namespace: string): Promise<readonly Budget[]> {
    return this.#list(budgetSchema, `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`)
  }

  /** Whether whoever asks may do it. */
  async may({ verb, group, resource, namespace }: Right): Promise<boolean> {
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb, group, resource, ...(namespace !== undefined && { namespace }) } },
    }
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
    const answer = await this.send('to review a right', { method: 'POST', path, body })
    return readAs(reviewSchema, 'a review', answer).status.allowed
  }

  /** One request, for what is not among these; resolves to the body of a success. */
  async send(what: string, request: ApiRequest): Promise<unknown> {
    const answer = await this.#connection.send(request)
    if (answer.status < 200 || answer.status >= 300) throw answerError(what, answer)
    return answer.body
  }

  async #list<T>(
    schema: z.ZodType<T>,
    path: string,
    labels: Readonly<Record<string, string>> = {},
  ): Promise<readonly T[]> {
    const labelSelector = Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',')
    const query = labelSelector === '' ? {} : { labelSelector }
    const answer = await this.send(`to list ${path}`, { method: 'GET', path, query })
    return readAs(listOf(schema), 'a list', answer).items
  }

  async #get<T>(schema: z.ZodType<T>, path: string): Promise<T> {
    return readAs(schema, 'an object', await this.send(`to give ${path}`, { method: 'GET', path }))
  }
}

const reviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) })

/** Undefined for what is not there. */
export const orUndefined = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ChaosMeshError && error.kind === 'not-found') return undefined
    throw error
  }
}
