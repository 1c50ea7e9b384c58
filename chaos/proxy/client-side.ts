import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type SecureContext, TLSSocket } from 'node:tls'

/** The client's end of a connection, in plain bytes. */
export interface ClientSide {
  readonly stream: Duplex
  /** Calls when bytes can pass: at once without TLS, else after the handshake. */
  whenReady(call: () => void): void
}

export const plainSide = (raw: Socket): ClientSide => ({ stream: raw, whenReady: (call) => call() })

export const tlsSide = (raw: Socket, secureContext: SecureContext): ClientSide => {
  const stream = new TLSSocket(raw, { isServer: true, secureContext })
  return { stream, whenReady: (call) => stream.once('secure', call) }
}
