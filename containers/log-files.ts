import { appendFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Enough to see why somebody died; a container that talks without end must not fill the disk. */
const mostBytes = 1_000_000

/**
 * What containers say, a file each: `logs/recup.log`. Made with the first line of each; ends after so many bytes, and where it cannot
 * be written: a last line may come when the folder is gone, and must neither make it again nor end the run.
 */
export const logsIn = (folder: string): ((what: string) => (line: string) => void) => {
  const written = new Map<string, number>()
  return (what) => {
    const path = join(folder, 'logs', `${what}.log`)
    return (line) => {
      const before = written.get(what) ?? 0
      if (before > mostBytes) return
      const text = `${line}\n`
      try {
        if (!existsSync(join(folder, 'logs'))) mkdirSync(join(folder, 'logs'))
        appendFileSync(path, text)
        written.set(what, before + text.length)
      } catch {
        written.set(what, Number.POSITIVE_INFINITY)
      }
    }
  }
}
