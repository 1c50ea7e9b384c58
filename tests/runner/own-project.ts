import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ProjectFolder } from '../../runner/project-file.ts'

/** A project of one's own with the texts of one folder's files; the working directory until the test is over. */
export const ownProject = (folder: ProjectFolder, texts: Readonly<Record<string, string>>): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-project-'))
  const before = process.cwd()
  mkdirSync(join(dir, folder))
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(dir, folder, file), text)
  process.chdir(dir)
  onTestFinished(() => {
    process.chdir(before)
    rmSync(dir, { recursive: true })
  })
  return dir
}
