import { connect as connectTcp, type Socket } from 'node:net'
import { setInterval } from 'node:timers'
import { connect as connectTls } from 'node:tls'
import type { RunRecord } from '../model/run-record.ts'
import type { SlowRequestsSpec } from '../model/scenario.ts'

/** What came of requests that were never finished. */
export type SlowRequestsResult = NonNullable<RunRecord['slowRequests']>

/** One connection at a time, and what has happened to it. */
interface Slot {
  readonly url: URL
  /** Whether it stops in the header of its request, or in the body. */
  readonly isHeader: boolean
  socket?: Socket
}

/** Larger than what is ever sent of it. */
const announcedBytes = 1_000_000

/**
 * Requests to some systems that are never finished, each a byte at a time: half of them stop in the header, half in the body. Each
 * `tick` sends the next byte of every one, and opens again what the system has ended: no more connections than there are slots, and no
 * more new ones than slots in a tick.
 */
export class SlowRequests {
  readonly #slots: readonly Slot[]
  readonly #now: () => number
  #opened = 0
  #ended = 0
  #refused = 0
  #longestHeldMs = 0
  readonly #since = new Map<Socket, number>()

  constructor(baseUrls: readonly string[], { connections }: SlowRequestsSpec, now: () => number) {
    this.#slots = baseUrls.flatMap((baseUrl) =>
      Array.from({ length: connections }, (_, index) => ({ url: new URL(baseUrl), isHeader: index % 2 === 0 })),
    )
    this.#now = now
  }

  tick(): void {
    for (const slot of this.#slots) {
      if (slot.socket) slot.socket.write('a')
      else this.#open(slot)
    }
  }

  /** Gives all up. */
  stop(): SlowRequestsResult {
    for (const { socket } of this.#slots) {
      if (!socket) continue
      this.#hold(socket)
      socket.removeAllListeners('close').destroy()
    }
    return this.result
  }

  /** Up to now. */
  get result(): SlowRequestsResult {
    return {
      connections: this.#slots.length,
      opened: this.#opened,
      ended: this.#ended,
      refused: this.#refused,
      longestHeldMs: this.#longestHeldMs,
    }
  }

  #open(slot: Slot): void {
    const socket = connected(slot.url)
    slot.socket = socket
    socket.once('connect', () => {
      this.#opened++
      this.#since.set(socket, this.#now())
      socket.write(beginningOf(slot))
    })
    // What it answers does not matter; a close follows every error.
    socket.resume().on('error', () => {})
    socket.once('close', () => {
      delete slot.socket
      if (this.#since.has(socket)) this.#ended++
      else this.#refused++
      this.#hold(socket)
    })
  }

  #hold(socket: Socket): void {
    const since = this.#since.get(socket)
    if (since !== undefined) this.#longestHeldMs = Math.max(this.#longestHeldMs, this.#now() - since)
    this.#since.delete(socket)
  }
}

const connected = ({ protocol, hostname, port }: URL): Socket => {
  const isTls = protocol === 'https:'
  const to = { host: hostname, port: Number(port) || (isTls ? 443 : 80) }
  return isTls ? connectTls({ ...to, servername: hostname }) : connectTcp(to)
}

const beginningOf = ({ url, isHeader }: Slot): string => {
  const head = `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n`
  return isHeader
    ? `${head}X-Slow: `
    : `${head}Content-Type: application/fhir+json\r\nContent-Length: ${announcedBytes}\r\n\r\n`
}

/** Does something while such requests go to some systems, if there are to be any. */
export const besideSlowRequests = async <T>(
  baseUrls: readonly string[],
  spec: SlowRequestsSpec | undefined,
  work: () => Promise<T>,
): Promise<{ readonly done: T; readonly slowRequests?: SlowRequestsResult }> => {
  if (!spec) return { done: await work() }
  const slow = new SlowRequests(baseUrls, spec, Date.now)
  const ticking = setInterval(() => slow.tick(), spec.everyMs)
  try {
    const done = await work()
    return { done, slowRequests: slow.stop() }
  } finally {
    clearInterval(ticking)
    slow.stop()
  }
}
