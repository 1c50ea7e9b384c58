import { connect } from 'node:net'

const everyMs = 50

/**
 * Looks, from the moment when a system has refused a connection, until it takes one again. A port in front of nobody has to refuse like the
 * one behind it: who is refused knows that nothing was sent.
 */
export class UpstreamWatch {
  readonly #upstream: { readonly host: string; readonly port: number }
  readonly #onBack: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(upstream: { readonly host: string; readonly port: number }, onBack: () => void) {
    this.#upstream = upstream
    this.#onBack = onBack
  }

  /** It was refused. False while it is looked already. */
  refused(): boolean {
    if (this.#timer !== undefined) return false
    this.#timer = setInterval(() => this.#look(), everyMs)
    return true
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #look(): void {
    const socket = connect(this.#upstream)
    socket.on('error', () => {})
    socket.once('connect', () => {
      socket.destroy()
      if (this.#timer === undefined) return
      this.stop()
      this.#onBack()
    })
  }
}
