import { readFileSync } from 'node:fs'

/** A manifest that was put before the real API server with the real webhooks. */
export interface Case {
  readonly case: string
  /** What they said. */
  readonly accepted: boolean
  readonly request: object
}

/** All of them. */
export const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('../recordings/admission.json', import.meta.url), 'utf8'),
)

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^net/, 'NetworkChaos'],
  [/^stress/, 'StressChaos'],
  [/^io/, 'IOChaos'],
  [/^http/, 'HTTPChaos'],
  [/^dns/, 'DNSChaos'],
  [/^time/, 'TimeChaos'],
  [/^schedule/, 'Schedule'],
  [/^(?:pod|container-kill|selector|unknown|remoteCluster|update)/, 'PodChaos'],
]

const kindOf = (name: string): string => kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'unknown'

/** The whole manifest of a case. */
export const manifestOf = ({ case: name, request }: Case) => ({
  apiVersion: 'chaos-mesh.org/v1alpha1',
  kind: kindOf(name),
  metadata: { name: 'reject', namespace: 'shop' },
  spec: request,
})
