import type { LinkFault } from '../../model/fault.ts'

/** A way into a system that goes through the proxy. */
export interface LinkSpec {
  /** What it leads from and to: `clients→recup`, `recup→prescriptions`, `recup#1`. */
  readonly name: string
  readonly upstream: { readonly host: string; readonly port: number }
  /** Absent: any free port. */
  readonly port?: number
  /** PEM. The link is then spoken to in TLS, and speaks upstream in plain. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly expiredCert: string }
}

export interface LinkInjectionRequest {
  readonly id: string
  /** Names of open links. */
  readonly links: readonly string[]
  readonly fault: LinkFault
}
