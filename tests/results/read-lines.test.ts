import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { readLines } from '../../results/read-lines.ts'

const fileOf = (name: string, contents: string | Buffer): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-lines-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  writeFileSync(join(dir, name), contents)
  return join(dir, name)
}

const linesOf = async (path: string): Promise<readonly string[]> => {
  const lines: string[] = []
  for await (const line of readLines(path)) lines.push(line)
  return lines
}

test.each([
  ['as they are', 'a.ndjson', 'one\n\ntwo\r\nthree'],
  ['of a gzip file', 'a.ndjson.gz', gzipSync('one\ntwo\nthree\n')],
  [
    'of several gzip files on end',
    'a.ndjson.gz',
    Buffer.concat([gzipSync('one\ntw'), gzipSync('o\n'), gzipSync('three')]),
  ],
])('lines are read %s', async (_, name, contents) => {
  expect(await linesOf(fileOf(name, contents))).toEqual(['one', 'two', 'three'])
})

test.each([
  ['that is not there', undefined, 'ENOENT'],
  ['that ends in the middle', gzipSync('one\ntwo\n').subarray(0, 15), 'Z_BUF_ERROR'],
  ['that is none', 'one\ntwo\n', 'Z_DATA_ERROR'],
])('a gzip file %s is a usage failure with its path', async (_, contents, got) => {
  const path =
    contents === undefined ? join(tmpdir(), 'collaudo-nowhere', 'a.ndjson.gz') : fileOf('a.ndjson.gz', contents)
  await expect(linesOf(path)).rejects.toMatchObject({
    kind: 'usage',
    message: `expected a whole file at ${path}, got ${got}`,
  })
})
