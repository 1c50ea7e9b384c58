import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { availableParallelism, platform, totalmem } from 'node:os'
import { promisify } from 'node:util'
import { homeFolder, isClone } from '../home/home.ts'
import type { RunRecord } from '../model/run-record.ts'

const execute = promisify(execFile)

/** What made a run, so that it can be repeated: versions, commit, machine, command line. */
export const provenanceOf = async (
  k6: string,
  commandLine: string,
  targetVersions: Readonly<Record<string, string>>,
): Promise<RunRecord['provenance']> => ({
  collaudo: await ownVersion(),
  k6: await k6Version(k6),
  node: process.version,
  commit: await commitOf(),
  host: { cpus: availableParallelism(), memoryBytes: totalmem(), platform: platform() },
  commandLine,
  targetVersions,
})

const ownVersion = async (): Promise<string> => {
  const manifest: { version: string } = JSON.parse(await readFile(`${homeFolder}package.json`, 'utf8'))
  return manifest.version
}

/** `v2.2.0` of `k6 v2.2.0 (go1.26, linux/amd64)`. */
export const k6Version = async (k6: string): Promise<string> => {
  const { stdout } = await execute(k6, ['version'])
  return /v\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? 'unknown'
}

/** Not that of a project which collaudo is a package of. */
const commitOf = async (): Promise<string> => {
  if (!isClone) return ''
  try {
    const { stdout } = await execute('git', ['-C', homeFolder, 'rev-parse', 'HEAD'])
    return stdout.trim()
  } catch {
    return ''
  }
}
