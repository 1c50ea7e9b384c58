import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { type Answered, type Asked, type Command, errorOf, type Refusal } from './messages.ts'

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

const startTimeoutMs = 15_000

/** Commands to the proxy process and its answers. */
export class Conversation {
  /** Rejects when the process cannot start or says nothing for long. */
  readonly ready: Promise<void>
  readonly exited: Promise<string>
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0
  #ended: string | undefined

  constructor(child: ChildProcess, log: (line: string) => void) {
    this.#child = child
    if (child.stderr) createInterface(child.stderr).on('line', log)
    this.exited = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
    })
    this.ready = this.#started()
    void this.exited.then((how) => this.#end(how))
  }

  async ask<T>(command: Command): Promise<T> {
    if (this.#ended !== undefined) throw new Error(endedMessage(command, this.#ended))
    const number = this.#asked++
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject: (error) => reject(error) })
    })
    this.#child.send({ number, command } satisfies Asked, (error) => error && this.#refuse(number, error))
    return (await answer) as T
  }

  #started(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing within ${startTimeoutMs} ms`)), startTimeoutMs)
      this.#child.once('message', (message: { readonly refusal?: Refusal }) => {
        clearTimeout(timer)
        this.#child.on('message', (answered: Answered) => this.#settle(answered))
        if (message.refusal === undefined) resolve()
        else reject(errorOf(message.refusal))
      })
      void this.exited.then((how) => {
        clearTimeout(timer)
        reject(new Error(how))
      })
    })
  }

  #settle(answered: Answered): void {
    const waiting = this.#waiting.get(answered.number)
    this.#waiting.delete(answered.number)
    if ('refusal' in answered) waiting?.reject(errorOf(answered.refusal))
    else waiting?.resolve(answered.value)
  }

  #refuse(number: number, error: Error): void {
    this.#waiting.get(number)?.reject(error)
    this.#waiting.delete(number)
  }

  #end(how: string): void {
    this.#ended = how
    for (const number of this.#waiting.keys())
      this.#refuse(number, new Error(`expected an answer of the fault proxy, got its end: ${how}`))
  }
}

const endedMessage = ({ kind }: Command, how: string): string =>
  `expected a running fault proxy for ${kind}, got one that has ended: ${how}`
