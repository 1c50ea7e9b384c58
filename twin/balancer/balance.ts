import type { IncomingMessage, ServerResponse } from 'node:http'
import { operationOutcome } from '../fhir/fhir-error.ts'
import { type Ending, forward } from './forward.ts'
import type { Impression, Replica } from './replica.ts'
import type { Rotation } from './rotation.ts'

/**
 * Answers a request by one of the replicas. One that could not be sent goes to another replica, once; so does a GET that was
 * not answered. Whatever else was sent is never sent twice: it may have been carried out.
 */
export const balance = async (rotation: Rotation, incoming: IncomingMessage, answer: ServerResponse): Promise<void> => {
  const first = rotation.take()
  if (!first) return refuse(answer, 503, 'expected a replica that takes requests, got none')
  const ending = await forwardTo(first, { rotation, incoming, answer })
  if (isOver(ending)) return
  const second = canGoOn(ending, incoming) ? rotation.take(first) : undefined
  const last = second ? await forwardTo(second, { rotation, incoming, answer }) : ending
  if (isOver(last)) return
  const isLate = last.kind === 'unanswered' && last.isTimedOut
  refuse(answer, isLate ? 504 : 502, `expected an answer from ${(second ?? first).name}, got none`)
}

interface Exchange {
  readonly rotation: Rotation
  readonly incoming: IncomingMessage
  readonly answer: ServerResponse
}

const forwardTo = async (replica: Replica, { rotation, incoming, answer }: Exchange): Promise<Ending> => {
  const ending = await forward(incoming, answer, { origin: replica.origin, answerTimeoutMs: rotation.answerTimeoutMs })
  rotation.ended(replica, impressionOf(ending))
  return ending
}

/** Nothing more can be said to the client. */
const isOver = ({ kind }: Ending): boolean => kind === 'answered' || kind === 'broken' || kind === 'left'

const canGoOn = ({ kind }: Ending, { method, headers }: IncomingMessage): boolean => {
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
  return kind === 'not-sent' || (method === 'GET' && !hasBody)
}

const impressionOf = (ending: Ending): Impression => {
  switch (ending.kind) {
    case 'answered':
      return ending.status >= 500 ? 'bad' : 'good'
    case 'unanswered':
      return ending.isTimedOut ? 'timed-out' : 'bad'
    case 'not-sent':
    case 'broken':
      return 'bad'
    case 'left':
      return 'none'
  }
}

const refuse = (answer: ServerResponse, status: 502 | 503 | 504, message: string): void => {
  answer.writeHead(status, {
    'content-type': 'application/fhir+json; charset=utf-8',
    ...(status === 503 && { 'retry-after': '1' }),
  })
  answer.end(operationOutcome('transient', message))
}
