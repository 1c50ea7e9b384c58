import { isBusy } from './storage-error.ts'

/** A store whose writes can be undone one by one and made durable together. */
export interface Committing {
  atomic<T>(work: () => T): T
  commit(work: () => void): void
  /** How long a commit is to wait for its disk. */
  readonly delayMs: number
  /** Whether no commit may begin now. */
  readonly isResting: boolean
}

interface Job {
  readonly attempt: () => void
  readonly acknowledge: () => void
  readonly fail: (error: unknown) => void
}

/** Another process that hangs while it holds the database is waited for about 3 s: 50 ms in the store, 20 ms here, each time. */
const mostWaits = 40
const waitMs = 20

/**
 * Group commit: the jobs that arrive while the event loop serves one round of sockets share one durable COMMIT, and none is
 * acknowledged before it. Each job is atomic by itself: one that throws rolls back alone.
 */
export class CommitQueue {
  readonly #store: Committing
  #jobs: Job[] = []
  #waits = 0

  constructor(store: Committing) {
    this.#store = store
  }

  /** Resolves with the result of `work` once it is durable; rejects with what it threw, or when the commit failed. */
  run<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let settle: () => void = () => {}
      const attempt = () => {
        try {
          const result = this.#store.atomic(work)
          settle = () => resolve(result)
        } catch (error) {
          settle = () => reject(error)
        }
      }
      this.#jobs.push({ attempt, acknowledge: () => settle(), fail: reject })
      if (this.#jobs.length === 1) this.#commitSoon()
    })
  }

  /** A slow disk holds the commits up, one after the other; what arrives meanwhile shares the next. */
  #commitSoon(): void {
    const { delayMs } = this.#store
    if (delayMs > 0) setTimeout(() => this.#commit(), delayMs)
    else setImmediate(() => this.#commit())
  }

  #commit(): void {
    if (this.#store.isResting) {
      setTimeout(() => this.#commit(), waitMs)
      return
    }
    const jobs = this.#jobs
    this.#jobs = []
    try {
      this.#store.commit(() => {
        for (const job of jobs) job.attempt()
      })
      for (const job of jobs) job.acknowledge()
    } catch (error) {
      if (isBusy(error) && this.#waits < mostWaits) {
        this.#waits += 1
        this.#jobs = jobs
        setTimeout(() => this.#commit(), waitMs)
        return
      }
      for (const job of jobs) job.fail(error)
    }
    this.#waits = 0
  }
}
