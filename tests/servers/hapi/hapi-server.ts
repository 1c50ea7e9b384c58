import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { hapiPlace } from './programs.ts'

export interface HapiServer {
  readonly baseUrl: string
  stop(): Promise<void>
}

const readyWithinMs = 110_000

/** A HAPI FHIR server of its own on loopback, with an empty database in memory: half a minute. */
export const startHapi = async (): Promise<HapiServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'collaudo-hapi-'))
  const port = await freePort()
  const classPath = `${join(hapiPlace, 'classes')}:${join(hapiPlace, 'libraries', '*')}`
  const flags = ['-Xmx2g', '-XX:+UseSerialGC', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-cp', classPath]
  const child = spawn('java', [...flags, 'FhirServer', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] })
  const log = join(folder, 'hapi.log')
  child.stderr.pipe(createWriteStream(log))
  const stop = async () => {
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await ready(child)
    return { baseUrl: `http://127.0.0.1:${port}/fhir`, stop }
  } catch (error) {
    const said = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-10).join('\n')
    await stop()
    throw new Error(`${error instanceof Error ? error.message : error}\n${said}`)
  }
}

const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    const expected = (got: string) => new Error(`expected HAPI FHIR to be ready, got ${got}`)
    const timer = setTimeout(() => reject(expected(`nothing within ${readyWithinMs / 1000} s`)), readyWithinMs)
    child.once('error', (error) => reject(expected(error.message)))
    child.once('exit', (code) => reject(expected(`exit code ${code}`)))
    child.stdout?.once('data', resolve)
    child.stdout?.once('data', () => clearTimeout(timer))
  })

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await exit
}
