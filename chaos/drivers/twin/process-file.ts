import { readFileSync } from 'node:fs'

/** What the kernel tells of a process in one of its files; empty for one that is gone. */
export const processFile = (pid: number, name: 'stat' | 'status'): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}
