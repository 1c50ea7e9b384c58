import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { encodeSample } from '../../../generators/sample-codec.ts'
import type { PartBegan, Sample } from '../../../model/sample.ts'
import { findParts, hasEnded } from '../../../runner/parts/part-file.ts'
import { split } from './split.ts'

const began = (part: number, change: Partial<PartBegan> = {}): PartBegan => ({
  ...{ kind: 'part', part, parts: 4, fingerprint: split.fingerprint },
  ...change,
})

const clock = { kind: 'clock', t0UnixMs: split.zeroUnixMs } as const

/** A folder with files of samples, as k6 writes them. */
const folder = async (files: Readonly<Record<string, readonly Sample[]>>): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-parts-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  for (const [name, samples] of Object.entries(files)) {
    const lines = samples.map((sample, sequence) => `collaudo,1,1,,c=${encodeSample({ actor: 0, sequence }, sample)}\n`)
    await writeFile(join(dir, name), `metric_name,timestamp,metric_value,extra_tags,metadata\n${lines.join('')}`)
  }
  return dir
}

describe('the files that parts bring back', () => {
  it('are known by what they say, whatever their name, and only those in which something is told', async () => {
    const dir = await folder({
      'b.csv': [clock, began(0)],
      'pod-x7.csv': [clock, began(3)],
      'empty.csv': [],
      'a.txt': [],
    })
    const found = await findParts([dir, join(dir, 'not-there')], split)
    expect(found.map(({ part }) => part)).toEqual([0, 3])
  })

  it.each<[string, Readonly<Record<string, readonly Sample[]>>, RegExp]>([
    [
      'of another plan',
      { 'a.csv': [clock, began(0, { fingerprint: 'ffffffffffff' })] },
      /a\.csv: expected a part of the plan a1b2c3d4e5f6, got one of ffffffffffff/,
    ],
    [
      'of another split',
      { 'a.csv': [{ kind: 'clock', t0UnixMs: 0 }, began(0, { parts: 8 })] },
      /expected one of 4 parts that begin at 2027-01-31T21:00:00\.000Z, got one of 8 at 1970-01-01T00:00:00\.000Z/,
    ],
    [
      'that are there twice',
      { 'a.csv': [clock, began(1)], 'b.csv': [clock, began(1)] },
      /b\.csv: expected part 2 once/,
    ],
  ])('are refused by name when they are %s', async (_, files, message) => {
    await expect(findParts([await folder(files)], split)).rejects.toThrow(message)
  })

  it('tell whether their part has come to its end', async () => {
    const dir = await folder({
      'a.csv': [clock, began(0), { kind: 'part-ended', atMs: 1 }],
      'b.csv': [clock, began(1)],
    })
    expect(await hasEnded(join(dir, 'a.csv'))).toBe(true)
    expect(await hasEnded(join(dir, 'b.csv'))).toBe(false)
  })
})
