import type { NearEnds } from './lines.ts'
import type { OpenTarget } from './open-target.ts'

/** What journeys read from their environment: where the target is, and the near ends of lines to it, its secrets by their names, and the run's namespace. */
export const k6Environment = (
  { target, secrets }: OpenTarget,
  namespace: string,
  nearEnds: Readonly<Record<string, NearEnds>> = {},
): Readonly<Record<string, string>> => ({
  ...secrets,
  // Go reads the authorities of the system from their folder all the same.
  ...(target.tls?.caFile && { SSL_CERT_FILE: target.tls.caFile }),
  ...(target.proxy && { HTTP_PROXY: target.proxy, HTTPS_PROXY: target.proxy }),
  COLLAUDO_NAMESPACE: namespace,
  COLLAUDO_TARGET: JSON.stringify({
    systems: Object.fromEntries(
      Object.entries(target.systems).flatMap(([name, of]) => (of ? [[name, of.baseUrl.replace(/\/$/, '')]] : [])),
    ),
    nearEnds,
    requestTimeoutMs: target.requestTimeoutMs,
    holdTtlMs: target.holdTtlMs,
    tokenLeewayMs: target.tokenLeewayMs,
    consistencyWithinMs: target.consistencyWithinMs,
    auth: target.auth,
    headers: target.headers,
    ...(target.tls && { tls: target.tls }),
  }),
})
