import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { Failure } from '../model/failure.ts'

/** Shows a file in the desktop's browser. Throws a usage Failure where there is none. */
export const openInBrowser = async (file: string): Promise<void> => {
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open'
  const child = spawn(opener, [resolve(file)], { stdio: 'ignore', detached: true })
  try {
    await once(child, 'spawn')
    child.unref()
  } catch {
    throw new Failure('usage', `--open: expected the program ${opener}, got none`, `open ${file} in a browser`)
  }
}
