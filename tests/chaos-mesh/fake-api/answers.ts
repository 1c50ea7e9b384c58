/** An answer of the API server. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** An error as the API server says it. `name`: of the object; webhooks and unknown kinds give none. */
export const refusal = (status: number, message: string, name?: string): Answer => ({
  status,
  body: {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message,
    code: status,
    ...(name !== undefined && { details: { name, group: 'chaos-mesh.org' } }),
  },
})

export const answers = {
  noSuchKind: { status: 404, body: '404 page not found\n' },
  unauthorized: refusal(401, 'Unauthorized'),
  forbidden: refusal(403, 'podchaos.chaos-mesh.org is forbidden: User "nobody" cannot list resource', ''),
  webhookRefuses: refusal(403, 'admission webhook "vpodchaos.kb.io" denied the request: Spec.Duration: Invalid value'),
  webhookPanics: refusal(500, 'admission webhook "vschedule.kb.io" denied the request: panic: runtime error'),
  nameTaken: refusal(409, 'podchaos.chaos-mesh.org "x" already exists', 'x'),
  tooBusy: { ...refusal(429, 'storage is (re)initializing'), headers: { 'retry-after': '1' } },
  broken: refusal(500, 'etcdserver: leader changed'),
  expired: refusal(410, 'The resourceVersion for the provided watch is too old.'),
} as const satisfies Readonly<Record<string, Answer>>
