import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, runChild } from '../../../bin/children.mjs'
import { withLock } from '../../../bin/setup-lock.mjs'
import { hash32 } from '../../../generators/hash32.ts'
import { root } from '../../source/files.ts'

const here = import.meta.dirname
const sources = ['pom.xml', 'FhirServer.java']

/** Of what it is made of: another version is made anew. */
const digest = hash32(sources.map((name) => readFileSync(join(here, name), 'utf8')).join('\n')).toString(16)

/** Where the classes of the server and its libraries are; made by `provideHapi`. */
export const hapiPlace = join(root, '.tools', `hapi-${digest}`)

/** Fetches the libraries with Maven and compiles the server, which needs a JDK 17: a minute the first time, nothing afterwards. */
export const provideHapi = async (): Promise<void> => {
  if (existsSync(hapiPlace)) return
  await withLock(`${hapiPlace}.lock`, { say: console.error, work: make })
}

const make = async (): Promise<void> => {
  if (existsSync(hapiPlace)) return
  console.error('fetching HAPI FHIR with Maven (once, a minute)…')
  const unfinished = `${hapiPlace}.unfinished`
  mkdirSync(unfinished, { recursive: true })
  try {
    const libraries = join(unfinished, 'libraries')
    await done('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${libraries}`])
    await done('javac', ['-nowarn', '-cp', `${libraries}/*`, '-d', join(unfinished, 'classes'), 'FhirServer.java'])
    renameSync(unfinished, hapiPlace)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

const done = async (program: string, args: readonly string[]): Promise<void> => {
  const { code, output } = await runChild(program, args, { cwd: here, stdio: ['ignore', 'pipe', 'pipe'] })
  if (code !== 0) throw new Error(`expected ${program} ${args[0]} to succeed, got ${code}\n${lastLines(output)}`)
}
