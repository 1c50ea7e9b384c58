import type { Problem } from './problems-of.ts'

/**
 * What can go wrong. `invalid-manifest`: refused offline; `refused`: by the API server or a webhook; `webhook-failed`: it broke (a panic, no
 * answer); `unauthorized`: credentials missing or expired; `forbidden`: no rights; `not-installed`: the kind is unknown there;
 * `not-found`; `conflict`: the name is taken, or somebody else changed it; `too-busy`: the server asks to come later; `unreachable`: no answer, or one
 * of a server that is not there; `no-configuration`: no usable kubeconfig; `unsafe`: it would have no end, or hit what nobody named.
 */
export type ChaosMeshErrorKind =
  | 'invalid-manifest'
  | 'refused'
  | 'webhook-failed'
  | 'unauthorized'
  | 'forbidden'
  | 'not-installed'
  | 'not-found'
  | 'conflict'
  | 'too-busy'
  | 'unreachable'
  | 'no-configuration'
  | 'unsafe'

interface ChaosMeshErrorDetails {
  readonly hint: string
  readonly status?: number
  readonly retryAfterMs?: number
}

/** The one error of this client: `expected what, where, got which value`, all problems at once. */
export class ChaosMeshError extends Error {
  readonly kind: ChaosMeshErrorKind
  /** What mends it. */
  readonly hint: string
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined
  /** What the server asked to wait. */
  readonly retryAfterMs: number | undefined

  constructor(kind: ChaosMeshErrorKind, message: string, more: ChaosMeshErrorDetails) {
    super(message)
    this.name = 'ChaosMeshError'
    this.kind = kind
    this.hint = more.hint
    this.status = more.status
    this.retryAfterMs = more.retryAfterMs
  }
}

/** The error of a manifest with these problems. */
export const invalidManifest = (name: string, problems: readonly Problem[]): ChaosMeshError =>
  new ChaosMeshError(
    'invalid-manifest',
    problems.map(({ path, message }) => `${name}: ${path === '' ? 'manifest' : path}: ${message}`).join('\n'),
    { hint: 'correct the fields that are named' },
  )
