import { readFile } from 'node:fs/promises'
import { rootCertificates } from 'node:tls'
import { Failure } from '../model/failure.ts'
import type { TargetTls } from '../model/target.ts'

/** As the global one. */
export type Fetch = typeof fetch

/**
 * The fetch of a target: the global one, or one that trusts its authorities and shows its certificate. Throws a usage Failure for a
 * file that cannot be read, or that is no PEM.
 */
export const fetchOf = async (tls: TargetTls | undefined): Promise<Fetch> => {
  if (!tls) return fetch
  const ca = await pem('caFile', tls.caFile)
  const connect = {
    ...(ca && { ca: [...rootCertificates, ca] }),
    cert: await pem('certFile', tls.certFile),
    key: await pem('keyFile', tls.keyFile),
  }
  const { Agent, fetch: fetchWith } = await import('undici')
  const dispatcher = new Agent({ connect })
  // What answers is of the same kind; only the two declarations differ.
  return ((url: string, init: object) => fetchWith(url, { ...init, dispatcher })) as unknown as Fetch
}

const pem = async (name: string, path: string | undefined): Promise<string | undefined> => {
  if (path === undefined) return undefined
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text?.includes('-----BEGIN ')) return text
  const got = text === undefined ? 'none' : 'something else'
  throw new Failure(
    'usage',
    `tls.${name}: expected a PEM file at ${path}, got ${got}`,
    'correct the path in the target’s YAML',
  )
}
