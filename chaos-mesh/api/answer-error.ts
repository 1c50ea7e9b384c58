import { z } from 'zod'
import { ChaosMeshError, type ChaosMeshErrorKind } from '../chaos-mesh-error.ts'
import type { ApiAnswer } from './connection.ts'

const statusBody = z.object({
  message: z.string().default(''),
  details: z.object({ name: z.string().optional(), kind: z.string().optional() }).optional(),
})

/** What a refusal means. Webhooks refuse with 403 and without details; a panic of theirs is a 500. */
const kindOf = ({ status, body }: ApiAnswer): ChaosMeshErrorKind => {
  const { data } = statusBody.safeParse(body)
  switch (status) {
    case 401:
      return 'unauthorized'
    case 403:
      return data?.details === undefined ? 'refused' : 'forbidden'
    case 404:
      return data?.details?.name === undefined ? 'not-installed' : 'not-found'
    case 409:
      return 'conflict'
    case 429:
      return 'too-busy'
    default:
      if (status < 500) return 'refused'
      return data?.message.includes('webhook') ? 'webhook-failed' : 'unreachable'
  }
}

const hints: Readonly<Record<ChaosMeshErrorKind, string>> = {
  'invalid-manifest': 'correct the fields that are named',
  refused: 'correct what the server names',
  'webhook-failed': 'look at the log of chaos-controller-manager',
  unauthorized: 'log in again: the certificate or token may have expired',
  forbidden: 'grant the rights that are named: see the README of this client',
  'not-installed': 'install Chaos Mesh, with its resource definitions',
  'not-found': 'list what is there with kubectl get',
  conflict: 'take another name, or delete what has it',
  'too-busy': 'try again later',
  unreachable: 'kubectl cluster-info says whether the API server is there',
  'no-configuration': 'set KUBECONFIG',
  unsafe: 'name what is to be hit, and when it is to end',
}

/** The error of an answer that is no success; `what` was asked for: `to create PodChaos shop/x`. */
export const answerError = (what: string, answer: ApiAnswer): ChaosMeshError => {
  const kind = kindOf(answer)
  const { data } = statusBody.safeParse(answer.body)
  const said = data?.message || (typeof answer.body === 'string' ? answer.body.trim().slice(0, 200) : '')
  return new ChaosMeshError(kind, `expected the API server ${what}, got ${answer.status}: ${said}`, {
    hint: hints[kind],
    status: answer.status,
    ...(answer.retryAfterMs !== undefined && { retryAfterMs: answer.retryAfterMs }),
  })
}
