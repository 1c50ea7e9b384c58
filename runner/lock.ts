import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../model/failure.ts'

/** One run at a time per target: two would judge each other's load. The lock of a process that is gone does not count. */
export const lockTarget = async (runsDir: string, target: string): Promise<() => Promise<void>> => {
  await mkdir(runsDir, { recursive: true })
  const file = join(runsDir, `.lock-${target}`)
  const mine = `${file}-${process.pid}-${randomUUID()}`
  await removeStale(file)
  try {
    // Linked when it is written: a lock that names nobody, on a full disk for instance, would be held for ever.
    await writeFile(mine, String(process.pid))
    await link(mine, file)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
    const holder = await readFile(file, 'utf8')
    throw new Failure(
      'refused',
      `expected no other run on ${target}, got one in process ${holder}`,
      'wait for it, or end it with Ctrl-C',
    )
  } finally {
    await rm(mine, { force: true })
  }
  return () => rm(file, { force: true })
}

const removeStale = async (file: string): Promise<void> => {
  const holder = await readFile(file, 'utf8').catch(() => undefined)
  if (holder !== undefined && !isAlive(Number(holder))) await rm(file, { force: true })
}

const isAlive = (pid: number): boolean => {
  // To signal 0 is to signal oneself.
  if (!(pid > 0)) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
