import { mkdir, readdir } from 'node:fs/promises'
import { Failure } from '../model/failure.ts'

/** Makes a folder, or takes one that is empty: nothing of somebody's is ever overwritten. Throws a usage Failure. */
export const emptyFolder = async (dir: string): Promise<string> => {
  try {
    await mkdir(dir, { recursive: true })
    const files = await readdir(dir)
    if (files.length === 0) return dir
    throw new Failure(
      'usage',
      `--out: expected an empty folder, got ${dir} with ${files.length} files`,
      'choose another --out',
    )
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new Failure(
      'usage',
      `--out: expected a folder that can be written, got ${dir} (${reason(error)})`,
      'choose another --out',
    )
  }
}

const reason = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error)
