import type { Authorize } from './token.ts'

/** Sends a request with authorization; a token that is not taken is renewed once. */
export const authorized = async <T extends { readonly status: number }>(
  authorize: Authorize,
  send: (headers: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> => {
  const headers = await authorize()
  const answer = await send(headers)
  if (answer.status !== 401) return answer
  const renewed = await authorize(headers)
  return renewed['authorization'] === headers['authorization'] ? answer : send(renewed)
}
