import { setTimeout as sleep } from 'node:timers/promises'
import { unusedPort } from '../clients/unused-port.ts'
import { Failure } from '../model/failure.ts'
import type { Launch, ProcessOptions, TwinProcess } from './start-process.ts'

/** A process that is started again when it dies, if it is to be. */
export interface Supervised {
  readonly name: string
  readonly origin: string
  readonly peerOrigin: string
  readonly versions: Readonly<Record<string, string>>
  /** Of the last process that was up. */
  lastPid(): number
  /** Undefined from its death until its successor is healthy. */
  running(): TwinProcess | undefined
  /** The one that runs or the next that comes up; undefined when none will. */
  up(): Promise<TwinProcess | undefined>
  /** Resolves with how it died when nobody starts it again. */
  readonly died: Promise<string>
  stop(): Promise<void>
}

/** How a process learns that another was in its place before. */
export const restartedFlag = '--restarted'

/** How processes are started, and how long after a death the next one is; never when absent. */
export interface Supervision {
  readonly launch: Launch
  readonly restartAfterMs?: number | undefined
}

/**
 * Starts a process. With `restartAfterMs` one that dies is started again this long after its death, one that was told to end at once:
 * at the same port, with the same arguments and the flag that says so, until it is stopped. Throws as `startProcess`.
 */
export const supervise = async (options: ProcessOptions, supervision: Supervision): Promise<Supervised> => {
  const { launch, restartAfterMs } = supervision
  const first = await (restartAfterMs === undefined ? launch(options) : startToStay(options, launch))
  return new Watched(options, first, supervision)
}

/** At a port that nobody takes between its death and its next start. Another program can be faster than the choice of one. */
const startToStay = async (options: ProcessOptions, launch: Launch, tries = 5): Promise<TwinProcess> => {
  if (options.port !== 0) return launch(options)
  try {
    return await launch({ ...options, port: await unusedPort() })
  } catch (error) {
    if (error instanceof Failure && error.kind === 'usage' && tries > 1) return startToStay(options, launch, tries - 1)
    throw error
  }
}

/** How one ends that was told to: a platform needs no time to notice that. */
const inGoodOrder = 'exit code 0'

class Watched implements Supervised {
  readonly name: string
  readonly origin: string
  readonly peerOrigin: string
  readonly versions: Readonly<Record<string, string>>
  readonly died: Promise<string>
  readonly #again: ProcessOptions
  readonly #launch: Launch
  readonly #stopping = new AbortController()
  readonly #ended: Promise<void>
  #running: TwinProcess | undefined
  #up: Promise<TwinProcess | undefined>
  #lastPid: number

  constructor(options: ProcessOptions, first: TwinProcess, { launch, restartAfterMs }: Supervision) {
    this.name = options.name
    this.#launch = launch
    this.origin = first.origin
    this.peerOrigin = first.peerOrigin
    this.versions = first.versions
    this.#again = { ...options, port: Number(new URL(first.origin).port), args: [...options.args, restartedFlag] }
    this.#running = first
    this.#up = Promise.resolve(first)
    this.#lastPid = first.pid
    let tellDeath: (how: string) => void = () => {}
    this.died = new Promise((resolve) => {
      tellDeath = resolve
    })
    this.#ended = this.#watch(first, restartAfterMs, tellDeath)
  }

  lastPid(): number {
    return this.#lastPid
  }

  running(): TwinProcess | undefined {
    return this.#running
  }

  up(): Promise<TwinProcess | undefined> {
    return this.#up
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running?.stop()
    await this.#ended
  }

  async #watch(first: TwinProcess, restartAfterMs: number | undefined, tellDeath: (how: string) => void) {
    for (let process: TwinProcess | undefined = first; process !== undefined; ) {
      const how = await process.exited
      this.#running = undefined
      if (this.#stopping.signal.aborted) return
      if (restartAfterMs === undefined) {
        this.#up = Promise.resolve(undefined)
        return tellDeath(how)
      }
      this.#again.log(`${this.name} ended by ${how}`)
      this.#up = this.#restarted(how === inGoodOrder ? 0 : restartAfterMs, restartAfterMs)
      process = await this.#up
    }
  }

  /** The next process that comes up; undefined when it is to stop. */
  async #restarted(firstAfterMs: number, nextAfterMs: number): Promise<TwinProcess | undefined> {
    const { signal } = this.#stopping
    for (let afterMs = firstAfterMs; !signal.aborted; afterMs = nextAfterMs) {
      try {
        await sleep(afterMs, undefined, { signal })
        const process = await this.#launch(this.#again)
        this.#lastPid = process.pid
        this.#running = process
        if (signal.aborted) await process.stop()
        return process
      } catch (error) {
        if (!signal.aborted) this.#again.log(String(error))
      }
    }
    return undefined
  }
}
