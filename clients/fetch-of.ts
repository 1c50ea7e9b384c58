import { readFile } from 'node:fs/promises'
import { rootCertificates } from 'node:tls'
import { Failure } from '../model/failure.ts'
import type { Target, TargetTls } from '../model/target.ts'
import { retrying } from './retrying.ts'

/** As the global one. */
export type Fetch = typeof fetch

/**
 * The fetch of a target: the global one, or one that goes through its proxy, trusts its authorities, shows its certificate and asks
 * again as it says. Throws a usage Failure for a file that cannot be read, or that is no PEM.
 */
export const fetchOf = async (target: Pick<Target, 'tls' | 'proxy' | 'retries'>): Promise<Fetch> => {
  const { times } = target.retries
  const send = await sentBy(target)
  return times === 0 ? send : retrying(send, target.retries)
}

const sentBy = async ({ tls, proxy }: Pick<Target, 'tls' | 'proxy'>): Promise<Fetch> => {
  if (!tls && !proxy) return fetch
  const connect = tls && (await connectOptions(tls))
  const { Agent, fetch: fetchWith, ProxyAgent } = await import('undici')
  const dispatcher = proxy
    ? new ProxyAgent({
        uri: proxy,
        proxyTunnel: false,
        ...(connect && { requestTls: connect, proxyTls: connect.ca ? { ca: connect.ca } : {} }),
      })
    : new Agent({ ...(connect && { connect }) })
  // What answers is of the same kind; only the two declarations differ.
  return ((url: string, init: object) => fetchWith(url, { ...init, dispatcher })) as unknown as Fetch
}

const connectOptions = async (tls: TargetTls) => {
  const ca = await pem('caFile', tls.caFile)
  return {
    ...(ca && { ca: [...rootCertificates, ca] }),
    cert: await pem('certFile', tls.certFile),
    key: await pem('keyFile', tls.keyFile),
  }
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
