import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { processesIn } from '../../qualify/left-behind.ts'
import type { Ended } from './start-collaudo.ts'

/** One message with its mend, the exit code, and nothing left. */
export const expectMended = (
  { exitCode, stdout, stderr, dir }: Ended & { dir: string },
  code: number,
  message: RegExp,
) => {
  expect(stderr).toMatch(message)
  expect(exitCode).toBe(code)
  expect(stderr.match(/^collaudo: /gm)).toHaveLength(1)
  expect(stderr).toContain('→')
  expect(stderr).not.toMatch(/^ {4}at /m)
  expect(stdout).toBe('')
  expect(processesIn(dir)).toEqual([])
  for (const run of existsSync(join(dir, 'runs')) ? readdirSync(join(dir, 'runs')) : []) {
    expect(existsSync(join(dir, 'runs', run, 'run.json'))).toBe(false)
    expect(existsSync(join(dir, 'runs', run, 'report.html'))).toBe(false)
  }
}
