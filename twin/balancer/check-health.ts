import { Agent, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { Replica } from './replica.ts'

const everyMs = 1000
const timeoutMs = 1000

/** Over a connection of its own each time: a kept one can outlive the way that new ones take. */
const agent = new Agent({ keepAlive: false })

/** Asks a replica for its health every second, for ever. */
export const checkHealth = (replica: Replica): void => {
  const check = async () => {
    replica.checked(await isHealthy(replica.origin))
  }
  setInterval(() => void check(), everyMs)
}

const isHealthy = (origin: string): Promise<boolean> =>
  new Promise((resolve) => {
    const url = new URL('/health', origin)
    const signal = AbortSignal.timeout(timeoutMs)
    const sent =
      url.protocol === 'https:' ? secureRequest(url, { signal, agent: false }) : request(url, { signal, agent })
    sent.on('response', (response) => {
      response.resume()
      response.once('close', () => resolve(response.complete && response.statusCode === 200))
    })
    sent.on('error', () => resolve(false))
    sent.end()
  })
