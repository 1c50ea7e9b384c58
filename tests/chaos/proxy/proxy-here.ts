import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { EffectLog } from '../../../chaos/proxy/effect-log.ts'
import { Links } from '../../../chaos/proxy/links.ts'
import { rngOf } from '../../../generators/rng.ts'

/** A folder for the time of a test. */
export const temporaryFolder = async (): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-proxy-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

/** The proxy without its process, for the time of a test; `effects` ends it and gives what it has logged. */
export const proxyHere = async (seed = 1) => {
  const path = join(await temporaryFolder(), 'effects.ndjson')
  const log = await EffectLog.open(path, (line) => {
    throw new Error(line)
  })
  const links = new Links(rngOf(seed), log)
  onTestFinished(() => links.close())
  const effects = async () => {
    links.close()
    await log.close()
    return linesOf(path)
  }
  return { links, effects }
}

/** Effects without the time, in an order of their own: what must be equal in two runs. */
export const linesOf = (path: string): readonly Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map(({ atUnixMs: _, ...line }) => line)
    .sort((a, b) => sortKey(a).localeCompare(sortKey(b)))

const sortKey = ({ id, link, key }: Record<string, unknown>): string => JSON.stringify([id, link, key])
