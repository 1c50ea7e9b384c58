/** A store whose writes can be undone one by one and made durable together. */
export interface Committing {
  atomic<T>(work: () => T): T
  commit(work: () => void): void
}

interface Job {
  readonly attempt: () => void
  readonly acknowledge: () => void
  readonly fail: (error: unknown) => void
}

/**
 * Group commit: the jobs that arrive while the event loop serves one round of sockets share one durable COMMIT, and none is
 * acknowledged before it. Each job is atomic by itself: one that throws rolls back alone.
 */
export class CommitQueue {
  readonly #store: Committing
  #jobs: Job[] = []

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
      if (this.#jobs.length === 1) setImmediate(() => this.#commit())
    })
  }

  #commit(): void {
    const jobs = this.#jobs
    this.#jobs = []
    try {
      this.#store.commit(() => {
        for (const job of jobs) job.attempt()
      })
      for (const job of jobs) job.acknowledge()
    } catch (error) {
      for (const job of jobs) job.fail(error)
    }
  }
}
