import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { segmentFlags } from '../../../runner/k6-process.ts'
import { partScript } from '../../../runner/parts/part-script.ts'
import { split } from './split.ts'

const execute = promisify(execFile)

/** A folder with the script, and a k6 that writes down how it was called. */
const folder = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-part-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const k6 = join(dir, 'k6')
  await writeFile(k6, '#!/bin/sh\nprintf "%s\\n" "$@"\nenv\n')
  await chmod(k6, 0o755)
  await mkdir(join(dir, 'results'))
  const given = { env: { COLLAUDO_TARGET: `{"name":"St. John's"}` }, secretNames: ['CLIENT_SECRET'] }
  await writeFile(join(dir, 'part.sh'), partScript(split, given))
  const run = (part: readonly string[], env: Readonly<Record<string, string>>) =>
    execute('sh', [join(dir, 'part.sh'), ...part], { env: { PATH: process.env.PATH, COLLAUDO_K6: k6, ...env } })
  return { dir, run }
}

describe('part.sh', () => {
  it('gives k6 the segment of its part, settings that survive any quote, and the secrets of its own environment', async () => {
    const { dir, run } = await folder()
    await run(['2'], { CLIENT_SECRET: 'hush' })
    const heard = (await readFile(join(dir, 'results', 'part-2.log'), 'utf8')).split('\n')
    expect(heard).toEqual(
      expect.arrayContaining([
        ...segmentFlags({ part: 1, parts: 4 }),
        '--out=csv=results/part-2.csv',
        '--no-thresholds',
        'load/script.js',
        `COLLAUDO_TARGET={"name":"St. John's"}`,
        'CLIENT_SECRET=hush',
        'K6_CSV_TIME_FORMAT=unix_micro',
      ]),
    )
    expect(await readFile(join(dir, 'part.sh'), 'utf8')).not.toContain('hush')
  })

  it.each([[[]], [['0']], [['5']], [['2; true']]])('starts nothing as part %j of four', async (part) => {
    const { run } = await folder()
    await expect(run(part, { CLIENT_SECRET: 'hush' })).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected the number of a part from 1 to 4'),
    })
  })

  it('starts nothing without a secret, and names it', async () => {
    const { run } = await folder()
    await expect(run(['1'], {})).rejects.toMatchObject({ stderr: expect.stringContaining('CLIENT_SECRET') })
  })
})
