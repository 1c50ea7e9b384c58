import type { ApiRequest, Connection } from '../../../chaos-mesh/api/connection.ts'

/** Sends one request and resolves to the body of the answer; throws unless the status is one of these. */
export const asked = async (
  connection: Connection,
  request: ApiRequest,
  statuses: readonly number[] = [200, 201, 202],
): Promise<unknown> => {
  const { status, body } = await connection.send(request)
  if (statuses.includes(status)) return body
  throw new Error(`expected ${request.method} ${request.path} to succeed, got ${status}: ${JSON.stringify(body)}`)
}
