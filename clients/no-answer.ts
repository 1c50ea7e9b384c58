/** Why a request got no answer, in a word or two for a message: `ECONNREFUSED`, `no answer in time`. */
export const noAnswer = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  const { cause } = error
  return cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : error.message
}
