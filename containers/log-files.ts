import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Enough to see why somebody died; a container that talks without end must not fill the disk. */
const mostBytes = 1_000_000

/** What containers say, a file each: `logs/recup.log`. Made with the first line of each; ends after so many bytes. */
export const logsIn = (folder: string): ((what: string) => (line: string) => void) => {
  const written = new Map<string, number>()
  return (what) => {
    const path = join(folder, 'logs', `${what}.log`)
    return (line) => {
      const before = written.get(what) ?? 0
      if (before > mostBytes) return
      if (before === 0) mkdirSync(join(folder, 'logs'), { recursive: true })
      const text = `${line}\n`
      written.set(what, before + text.length)
      appendFileSync(path, text)
    }
  }
}
