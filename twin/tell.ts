import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'

/** A process that does not answer an order in this time, as one that is frozen, counts as out of reach. */
const answerTimeoutMs = 5000

/** An order on its way to a process of the twin, and the answer: `error` is there when it could not be carried out. */
export interface Ordered {
  readonly id: string
  readonly order: object
}
export interface OrderAnswer {
  readonly id: string
  readonly error?: string
}

/** Sends an order over the IPC channel and waits for its answer. Rejects when there is none, or when it tells of an error. */
export const tell = (child: ChildProcess, order: object): Promise<void> =>
  new Promise((resolve, reject) => {
    const id = randomUUID()
    const end = (error?: Error) => {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('exit', onExit)
      if (error) reject(error)
      else resolve()
    }
    const onMessage = (message: unknown) => {
      const answer: Partial<OrderAnswer> = Object(message)
      if (answer.id === id) end(answer.error === undefined ? undefined : new Error(answer.error))
    }
    const unanswered = (what: string) => end(new Error(`expected process ${child.pid} to answer, got ${what}`))
    const onExit = () => unanswered('its end')
    const timer = setTimeout(() => unanswered(`nothing within ${answerTimeoutMs} ms`), answerTimeoutMs)
    child.on('message', onMessage)
    child.once('exit', onExit)
    const sent: Ordered = { id, order }
    child.send(sent, (error) => error && end(error))
  })
