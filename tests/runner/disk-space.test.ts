import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { mustFitOnDisk } from '../../runner/disk-space.ts'
import { plan } from '../results/fixture.ts'

const of = (documentBytes: number) => ({ ...plan(), dataset: { ...plan().dataset, documentBytes } })

test('a plan whose documents fit may run', async () => {
  await expect(mustFitOnDisk(tmpdir(), of(1000))).resolves.toBeUndefined()
})

test('a plan whose documents would fill the disk is refused before anything is loaded', async () => {
  const { bavail, bsize } = statfsSync(tmpdir())
  await expect(mustFitOnDisk(tmpdir(), of(bavail * bsize))).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(
      /^expected \d+\.\d GB free for the documents and images of the twin, got \d+\.\d GB$/,
    ),
  })
})
