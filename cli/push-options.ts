import type { Command } from 'commander'
import { type PushAuth, type PushTarget, writeAddress } from '../clients/remote-write.ts'
import { Failure } from '../model/failure.ts'

/** As typed. */
export interface PushOptions {
  readonly prometheus?: string
  readonly prometheusAuth?: string
}

/** Adds the options that say where metrics are pushed. */
export const withPushOptions = (command: Command): Command =>
  command
    .option('--prometheus <url>', 'push metrics there while it runs, and what it came to (docs/how-to/dashboards.md)')
    .option(
      '--prometheus-auth <names>',
      'bearer:TOKEN or basic:USER:PASSWORD, each the NAME of an environment variable',
    )

/** Where metrics go; undefined: nowhere. Throws a usage Failure for what is no address, no such pair, or cannot apply. */
export const pushTargetOf = ({ prometheus, prometheusAuth }: PushOptions): PushTarget | undefined => {
  if (prometheus === undefined) {
    if (prometheusAuth === undefined) return undefined
    const message = `--prometheus-auth: expected --prometheus with it, got none`
    throw new Failure('usage', message, 'leave it out, or add --prometheus URL')
  }
  writeAddress(prometheus)
  return { url: prometheus, auth: authOf(prometheusAuth) }
}

/** What was typed may be a secret, so no message repeats it. */
const authOf = (text: string | undefined): PushAuth => {
  if (text === undefined) return { kind: 'none' }
  const [kind, ...names] = text.split(':')
  const [first = '', second = ''] = names
  if (names.every(isName)) {
    if (kind === 'bearer' && names.length === 1) return { kind: 'bearer', tokenEnv: first }
    if (kind === 'basic' && names.length === 2) return { kind: 'basic', userEnv: first, passwordEnv: second }
  }
  throw new Failure(
    'usage',
    '--prometheus-auth: expected bearer:NAME or basic:NAME:NAME, names of environment variables, got something else',
    'for example --prometheus-auth bearer:PROMETHEUS_TOKEN, after export PROMETHEUS_TOKEN=…',
  )
}

const isName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
