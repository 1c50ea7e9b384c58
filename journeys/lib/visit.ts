import { sleep } from 'k6'
import http, { type RefinedResponse } from 'k6/http'
import { rowUniform } from '../../generators/row-uniform.ts'
import { thinkAfterMs } from '../../generators/think-times.ts'
import type { StepOutcome, WriteKind, WriteState } from '../../model/outcome.ts'
import type { Clock } from './clock.ts'
import { emit } from './emit.ts'
import { outcomeOf } from './fhir-r4.ts'
import { hasPauses, target } from './settings.ts'
import type { Turn } from './timetable.ts'
import { authorization, dropToken, keepToken, needsToken, requestToken } from './token.ts'
import { traceId, traceparent } from './trace.ts'

export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** Relative to the base of recup; empty for a transaction. */
  readonly path: string
  readonly body?: string
  readonly contentType?: string
  /** Whether exactly one of many such requests can win. */
  readonly contended?: boolean
  /** The journey's last request: a citizen's connection ends with it. */
  readonly isLast?: boolean
}

export interface Answer {
  readonly outcome: StepOutcome
  readonly status: number
  readonly body: string
}

/** Think times use the first numbers of a row, choices those from here on. */
const firstChoice = 1000

/** One row being walked by one actor: its steps, its pauses, and what it tells the collector. */
export class Visit {
  readonly turn: Turn
  readonly #clock: Clock
  readonly #trace: string
  #requests = 0
  #choices = 0
  #isFirst = true

  constructor(turn: Turn, clock: Clock) {
    this.turn = turn
    this.#clock = clock
    this.#trace = traceId(turn.seed, turn.row)
  }

  get nowMs(): number {
    return this.#clock.nowMs()
  }

  /** How often the journey plans a step. */
  times(step: string): number {
    return this.turn.steps.lastIndexOf(step) - this.turn.steps.indexOf(step) + 1
  }

  /** Whether the row enters its journey at this step or before it. */
  reaches(step: string): boolean {
    return this.turn.steps.indexOf(this.turn.step) <= this.turn.steps.indexOf(step)
  }

  /** A number in [0, 1) for the row's next choice. */
  choose(): number {
    return rowUniform(this.turn.seed, firstChoice + this.#choices++)
  }

  /** The pause after the n-th occurrence of a step. */
  think(step: string, occurrence = 0): void {
    this.#pause(this.turn.steps.indexOf(step) + occurrence)
  }

  /** What an actor still does when the business is done: the pause after the last step. */
  wrapUp(): void {
    this.#pause(this.turn.steps.length - 1)
  }

  #pause(index: number): void {
    if (!hasPauses) return
    const thinkMs = thinkAfterMs(this.turn.seed, this.turn.stream, index)
    if (thinkMs > 0) sleep(thinkMs / 1000)
  }

  /** Sends one request as a step; emits its sample. A token that is missing is fetched first, as a step of its own. */
  request(step: string, request: Request): Answer {
    if (needsToken()) {
      const token = this.#timed('token', false, (headers) => requestToken(headers))
      if (token.outcome !== 'ok') return token
      keepToken(token.body)
    }
    const answer = this.#timed(step, request.contended ?? false, (headers) =>
      send(request, this.#complete(headers, request)),
    )
    if (answer.status === 401) dropToken()
    return answer
  }

  /** Tells the ledger what is known of a write. */
  write(write: WriteKind, state: WriteState, about: { identifier: string; patient: string; slot: string }): void {
    emit({ kind: 'write', write, state, stream: this.turn.stream.name, row: this.turn.row, atMs: this.nowMs, ...about })
  }

  #complete(headers: Record<string, string>, { contentType, isLast }: Request): Record<string, string> {
    headers.Accept = 'application/fhir+json'
    headers['Cache-Control'] = 'no-cache'
    const token = authorization()
    if (token !== '') headers.Authorization = token
    if (contentType !== undefined) {
      headers['Content-Type'] = contentType
      headers.Prefer = 'return=minimal'
    }
    if (isLast && this.turn.stream.connection === 'fresh') headers.Connection = 'close'
    return headers
  }

  #timed(step: string, contended: boolean, call: (headers: Record<string, string>) => RefinedResponse<'text'>): Answer {
    const startedMs = this.nowMs
    const response = call({ traceparent: traceparent(this.#trace, this.#requests++) })
    const outcome = outcomeOf(response, contended)
    const body = response.body ?? ''
    const durationMs = response.status === 0 ? this.nowMs - startedMs : wallMs(response)
    emit({
      kind: 'step',
      stream: this.turn.stream.name,
      journey: this.turn.stream.action,
      step,
      row: this.turn.row,
      outcome,
      startedMs,
      durationMs: micros(durationMs),
      fromDueMs: this.#isFirst && step !== 'token' ? micros(startedMs - this.turn.dueMs + durationMs) : undefined,
      evidence: outcome === 'ok' ? undefined : { status: response.status, traceId: this.#trace, body: redacted(body) },
    })
    if (step !== 'token') this.#isFirst = false
    return { outcome, status: response.status, body }
  }
}

const send = (request: Request, headers: Record<string, string>): RefinedResponse<'text'> =>
  http.request(
    request.method,
    request.path === '' ? target.recup : `${target.recup}/${request.path}`,
    request.body ?? null,
    {
      headers,
      timeout: target.requestTimeoutMs,
      responseType: 'text',
    },
  )

/** k6's `duration` leaves out waiting for a connection, connecting and TLS. Parts: ms. */
const wallMs = ({ timings }: RefinedResponse<'text'>): number =>
  timings.blocked + timings.connecting + timings.tls_handshaking + timings.duration

/** To the microsecond: more digits are only noise in the sample. */
const micros = (ms: number): number => Math.round(ms * 1000) / 1000

/** The beginning of a body without what could name a person: codici fiscali, even wrong ones, and quoted names. */
const redacted = (body: string): string => body.slice(0, 300).replace(/[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]/g, '…')
