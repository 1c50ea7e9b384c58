import { execFile } from 'node:child_process'
import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { k6Path } from '../../cli/k6-path.ts'
import { decodeSample, encodeSample } from '../../generators/sample-codec.ts'
import { runRecordSchema } from '../../model/run-record.ts'
import { expectMended } from './expect-mended.ts'
import { freePorts } from './free-ports.ts'
import { collaudo, startCollaudo } from './start-collaudo.ts'

const execute = promisify(execFile)
const env = { COLLAUDO_TWIN_CLIENT_ID: 'collaudo', COLLAUDO_TWIN_CLIENT_SECRET: 'apart' }
const slice = 'digital-services --day monday --from 09:00 --to 09:02 --squeeze 8s'.split(' ')

/** A file with every sample of a kind changed. */
const withSamples = (file: string, change: (sample: ReturnType<typeof decodeSample>) => void): void => {
  const text = readFileSync(file, 'utf8').replace(/c=(\S+)/g, (_, encoded: string) => {
    const decoded = structuredClone(decodeSample(encoded))
    change(decoded)
    return `c=${encodeSample(decoded.origin, decoded.sample)}`
  })
  writeFileSync(file, text)
}

/** What can become of a part, how the merge ends, and what it says. */
const mishaps: readonly (readonly [string, (part2: string) => void, number, RegExp])[] = [
  ['its file is missing', (part2) => rmSync(part2), 6, /Part 2 of 2 is missing: its rows are not in this record/],
  [
    'it was killed',
    (part2) => truncateSync(part2, Math.floor(readFileSync(part2).length * 0.7)),
    6,
    /Part 2 of 2 told no end: last heard of at .*It was killed, or hangs/,
  ],
  [
    'its clock was two seconds ahead',
    (part2) =>
      withSamples(part2, ({ sample }) => {
        if (sample.kind === 'part') Object.assign(sample, { offset: { leastMs: -2050, mostMs: -1950 } })
      }),
    3,
    /The clocks of the parts were at least 1\.\d+ s apart, limit 250 ms/,
  ],
  [
    'it is of another plan',
    (part2) =>
      withSamples(part2, ({ sample }) => {
        if (sample.kind === 'part') Object.assign(sample, { fingerprint: 'another-plan' })
      }),
    2,
    /part-2\.csv: expected a part of the plan .*, got one of another-plan/,
  ],
]

test('what two machines make together is one record, and nothing that becomes of one of them is hidden', async () => {
  const twin = startCollaudo(['up', '--port', String(await freePorts())], env)
  await twin.said('Ctrl-C stops it')
  const [target, home] = [join(twin.dir, 'runs', 'twin.yaml'), join(twin.dir, 'apart')]
  const made = await collaudo(
    ['split', ...slice, '--target', target, '--parts', '2', '--start-in', '10s', '--out', home],
    env,
  )
  expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('split into 2 parts') })
  const machine = { env: { PATH: process.env.PATH, HOME: process.env.HOME, COLLAUDO_K6: k6Path(process.env), ...env } }
  const parts = [1, 2].map((part) => execute('sh', [join(home, 'part.sh'), String(part)], machine))

  const merged = await collaudo(['merge', home, '--out', join(twin.dir, 'merged'), '--json'], env)
  await Promise.all(parts)
  const record = runRecordSchema.parse(JSON.parse(merged.stdout))
  const { delivery, parts: told = [], integrity, ended } = record
  expect({ ended, delivery }).toMatchObject({
    ended: 'completed',
    delivery: { started: delivery.planned, samplesLost: 0 },
  })
  expect(told.map(({ part, state }) => [part, state])).toEqual([
    [1, 'ended'],
    [2, 'ended'],
  ])
  expect(told.reduce((sum, { rowsStarted }) => sum + rowsStarted, 0)).toBe(delivery.planned)
  expect(told.every(({ clockAhead }) => clockAhead && clockAhead.mostMs - clockAhead.leastMs < 500)).toBe(true)
  expect(integrity).toMatchObject({ complete: true, lost: 0 })
  expect(merged.exitCode).toBe(record.exitCode)

  for (const [index, [what, happen, exitCode, says]] of mishaps.entries()) {
    const copy = join(twin.dir, `mishap-${index}`)
    cpSync(home, copy, { recursive: true })
    // Its time is over: nobody waits for the rest.
    const file = join(copy, 'split.json')
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), endsUnixMs: 0 }))
    happen(join(copy, 'results', 'part-2.csv'))
    const again = await collaudo(['merge', copy, '--out', join(twin.dir, `merged-${index}`)], env)
    expect({ what, exitCode: again.exitCode }).toEqual({ what, exitCode })
    expect(again.stdout + again.stderr).toMatch(says)
  }
})

describe('bad input of a split ends with its exit code, one message and its mend, and leaves nothing', () => {
  const split = (...words: readonly string[]) => ['split', 'recup-day', '--parts', '2', '--out', 'out', ...words]
  test.each<[string, readonly string[], RegExp]>([
    ['no part at all', ['run', 'recup-day', '--parts', '0'], /--parts: expected a number from 1 to 64, got 0/],
    [
      'parts of what ends with its run',
      split('--target', 'embedded'),
      /--target: expected a target that other machines reach, got embedded/,
    ],
    [
      'two times of one start',
      split('--target', 'x.yaml', '--start-in', '5m', '--start-at', '2100-01-01T00:00:00Z'),
      /expected --start-in or --start-at, got both/,
    ],
    [
      'a start without an offset',
      split('--target', 'x.yaml', '--start-at', '2100-01-01T00:00'),
      /--start-at: expected an instant to come with its offset from UTC, got 2100-01-01T00:00/,
    ],
    ['no split to merge', ['merge', 'nowhere'], /expected a split in nowhere\/split.json/],
  ])('%s', async (_, args, message) => {
    expectMended(await collaudo(args), 2, message)
  })
})
