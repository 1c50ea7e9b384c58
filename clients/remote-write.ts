import { compress } from 'snappyjs'
import { Failure } from '../model/failure.ts'
import { noAnswer } from './no-answer.ts'
import { type Environment, secret } from './token.ts'

/** Secrets by the names of their variables. */
export type PushAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly tokenEnv: string }
  | { readonly kind: 'basic'; readonly userEnv: string; readonly passwordEnv: string }

/** Who takes remote writes. */
export interface PushTarget {
  /** With a path: where writes go, as Mimir has it; without one: a Prometheus. */
  readonly url: string
  readonly auth: PushAuth
}

/** Whether a push was taken; if not, why, in words. */
export type PushAnswer =
  | { readonly kind: 'taken' }
  | { readonly kind: 'no-histograms' }
  | { readonly kind: 'refused'; readonly why: string }

export type RemoteWrite = (body: Uint8Array) => Promise<PushAnswer>

const timeoutMs = 3000
const prometheusPath = '/api/v1/write'

/** A Prometheus without `--enable-feature=native-histograms`, before 3.8. */
const noHistograms = /native histograms? (?:are|is) disabled/i

/** So much of an answer says what is wrong. */
const toldLength = 200

/** Sends what is written by remote write 1.0; never throws for what the other side does. Throws a usage Failure when a named variable is not set. */
export const remoteWriter = ({ url, auth }: PushTarget, env: Environment): RemoteWrite => {
  const headers = {
    'content-encoding': 'snappy',
    'content-type': 'application/x-protobuf',
    'x-prometheus-remote-write-version': '0.1.0',
    ...authorization(auth, env),
  }
  const address = writeAddress(url)
  return async (body) => {
    try {
      const signal = AbortSignal.timeout(timeoutMs)
      const response = await fetch(address, {
        method: 'POST',
        headers,
        body: Buffer.from(compress(body)),
        signal,
        redirect: 'error',
      })
      const text = await response.text()
      if (response.ok) return { kind: 'taken' }
      if (noHistograms.test(text)) return { kind: 'no-histograms' }
      return { kind: 'refused', why: `status ${response.status} ${text.trim().slice(0, toldLength)}`.trim() }
    } catch (error) {
      return { kind: 'refused', why: noAnswer(error) }
    }
  }
}

/** Throws a usage Failure for what is no address of HTTP. */
export const writeAddress = (url: string): string => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol) || parsed.username !== '' || parsed.password !== '') {
    throw new Failure(
      'usage',
      `--prometheus: expected an address of HTTP without user and password, got ${parsed ? parsed.origin : url.includes('@') ? 'something else' : url}`,
      'for example --prometheus http://127.0.0.1:9090; secrets go into --prometheus-auth by the names of their variables',
    )
  }
  if (parsed.pathname === '/') parsed.pathname = prometheusPath
  return parsed.href
}

const authorization = (auth: PushAuth, env: Environment): Readonly<Record<string, string>> => {
  switch (auth.kind) {
    case 'none':
      return {}
    case 'bearer':
      return { authorization: `Bearer ${secret(env, auth.tokenEnv)}` }
    case 'basic': {
      const pair = `${secret(env, auth.userEnv)}:${secret(env, auth.passwordEnv)}`
      return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
    }
  }
}
