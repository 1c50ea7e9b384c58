import type { ClockOffset } from '../status/fault-window.ts'

/** One request to the API server. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** What came of it, whatever the status. */
export interface ApiAnswer {
  readonly status: number
  /** JSON where it is JSON, text otherwise. */
  readonly body: unknown
  /** What the server asks to wait; absent when it does not. */
  readonly retryAfterMs?: number
}

/** A watch that was opened. */
export interface ApiStream {
  /** The next line; undefined when the stream has ended, however. Never rejects. */
  next(): Promise<string | undefined>
  close(): void
}

/** The way to one API server. Both reject with an `unreachable` ChaosMeshError without an answer. */
export interface Connection {
  send(request: ApiRequest): Promise<ApiAnswer>
  /** An answer in place of a stream is a refusal. */
  stream(request: ApiRequest): Promise<ApiStream | ApiAnswer>
  /** How far the server's clock is ahead, by every answer up to now; undefined before the first. */
  clockOffset(): ClockOffset | undefined
  /** Closes every socket. */
  close(): void
}
