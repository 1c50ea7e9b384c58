import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'

/** What came of one request over a connection of its own. */
export interface Probed {
  readonly durationMs: number
  /** 0 without an answer. */
  readonly status: number
  readonly body: string
  /** Why there was none, or it broke off: `ECONNRESET`, `timeout`, `CERT_HAS_EXPIRED`; empty otherwise. */
  readonly error: string
}

/** Asks once; `ca` (PEM) is trusted beside the usual ones. Never rejects: what goes wrong is what is looked for. */
export const probe = (url: string, timeoutMs: number, ca?: string): Promise<Probed> => {
  const startedMs = performance.now()
  return new Promise((resolve) => {
    const done = (found: Partial<Probed>) =>
      resolve({ status: 0, body: '', error: '', ...found, durationMs: performance.now() - startedMs })
    const request = url.startsWith('https:') ? overHttps : overHttp
    const options = { agent: false, signal: AbortSignal.timeout(timeoutMs), ...(ca !== undefined && { ca }) }
    const sent = request(url, options, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
      })
      response.on('error', (error) => done({ status: response.statusCode ?? 0, body, error: reasonOf(error) }))
      response.on('end', () => done({ status: response.statusCode ?? 0, body }))
    })
    sent.on('error', (error) => done({ error: reasonOf(error) }))
    sent.end()
  })
}

const reasonOf = (error: NodeJS.ErrnoException): string =>
  error.name === 'TimeoutError' || error.name === 'AbortError' ? 'timeout' : (error.code ?? error.message)

/** What was seen, in words. */
export const inWords = ({ status, error, durationMs }: Probed): string => {
  const what = error === '' ? `status ${status}` : error === 'timeout' ? 'no answer' : error
  return `${what} after ${durationMs.toFixed(durationMs < 10 ? 1 : 0)} ms`
}
