import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { dayZeroOf, preparedNamespace, takePrepared } from '../../runner/prepare-target.ts'

const fingerprint = 'a1b2c3d4e5f6a7b8'
const wanted = { plan: { fingerprint }, target: 'staging', dayZeroUnixMs: dayZeroOf(Date.now()) }

const prepared = async (dayZeroUnixMs: number) => {
  const runsDir = await mkdtemp(join(tmpdir(), 'collaudo-prepared-'))
  onTestFinished(() => rm(runsDir, { recursive: true }))
  const dir = join(runsDir, 'prepared-staging-a1b2c3d4e5f6')
  await mkdir(dir)
  const facts = { target: 'staging', namespace: 'pa1b2c3d4e5f6', dayZeroUnixMs, resources: 7, seconds: 1 }
  await writeFile(join(dir, 'prepared.json'), JSON.stringify(facts))
  return { runsDir, dir, take: () => takePrepared({ ...wanted, runsDir }) }
}

test('what lies ready serves one run, and the next preparation knows that it was used', async () => {
  const { dir, take } = await prepared(dayZeroOf(Date.now()))
  expect(await take()).toMatchObject({ namespace: 'pa1b2c3d4e5f6', resources: 7 })
  expect(await take()).toBeUndefined()
  expect(await readFile(join(dir, 'uses'), 'utf8')).toBe('1')
})

test('what was made ready on another day serves no run', async () => {
  const { take } = await prepared(dayZeroOf(Date.now()) - 86_400_000)
  expect(await take()).toBeUndefined()
})

test('nothing lies ready for a plan that was never prepared', async () => {
  const { runsDir } = await prepared(0)
  expect(await takePrepared({ ...wanted, runsDir, plan: { fingerprint: 'ffffffffffffffff' } })).toBeUndefined()
})

test('each preparation of a plan has a namespace of its own', () => {
  expect([0, 1, 2].map((uses) => preparedNamespace(fingerprint, uses))).toEqual([
    'pa1b2c3d4e5f6',
    'pa1b2c3d4e5f6-2',
    'pa1b2c3d4e5f6-3',
  ])
})
