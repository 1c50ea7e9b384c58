import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { HistoryEntry } from '../../model/history-entry.ts'

/**
 * Adds a line at the end of a history, by one write that is on the disk when this returns: runs on several targets may end at once.
 * Throws the error of the system.
 */
export const appendHistory = (file: string, entry: HistoryEntry): void => {
  mkdirSync(dirname(file), { recursive: true })
  const descriptor = openSync(file, 'a+')
  try {
    const line = Buffer.from(`${isTorn(descriptor) ? '\n' : ''}${JSON.stringify(entry)}\n`)
    const written = writeSync(descriptor, line)
    if (written < line.length) throw new Error(`expected room for ${line.length} bytes in ${file}, got ${written}`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Whether the last line was not written to its end: the next one must not become part of it. */
const isTorn = (descriptor: number): boolean => {
  const { size } = fstatSync(descriptor)
  const last = Buffer.alloc(1)
  if (size > 0) readSync(descriptor, last, 0, 1, size - 1)
  return size > 0 && last.toString() !== '\n'
}
