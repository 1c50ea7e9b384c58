/** What devices are sending has come to the archive by then. */
export const settleMs = 10_000

/** A body of a study is sent in less, on a busy machine too. Assumption. */
const requestMs = 100

/** The same for a study of so many requests. */
export const settledAfterMs = (requests: number): number => settleMs + requests * requestMs
