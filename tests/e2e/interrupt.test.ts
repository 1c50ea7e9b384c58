import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type RunRecord, runRecordSchema } from '../../model/run-record.ts'
import { processesIn } from '../../qualify/left-behind.ts'
import { freePorts } from './free-ports.ts'
import { collaudo, type Started, startCollaudo } from './start-collaudo.ts'

/** Enough under way that a signal always meets writes. */
const busy = [
  'run',
  'recup-day',
  '--day',
  'weekday',
  '--from',
  '09:00',
  '--to',
  '09:05',
  '--scale',
  'web=20,counter=4',
  '--out',
  'run',
]

const recordIn = (dir: string): RunRecord =>
  runRecordSchema.parse(JSON.parse(readFileSync(join(dir, 'run', 'run.json'), 'utf8')))

/** Resolves when the ledger file of the run in progress holds some acknowledged writes. */
const acknowledged = async ({ dir }: Started, count: number): Promise<void> => {
  for (let look = 0; look < 600; look++) {
    const found = execFileSync(
      'sh',
      ['-c', `cat "${dir}"/run/*ledger* 2>/dev/null | zcat 2>/dev/null | grep -c acknowledged || true`],
      {
        encoding: 'utf8',
      },
    )
    if (Number(found) >= count) return
    await pause(100)
  }
  throw new Error(`expected ${count} acknowledged writes within a minute`)
}

const pidsOf = (dir: string, command: RegExp): readonly number[] =>
  processesIn(dir).filter((pid) => command.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')))

const gone = async (dir: string): Promise<boolean> => {
  for (let look = 0; look < 100 && processesIn(dir).length > 0; look++) await pause(100)
  return processesIn(dir).length === 0
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s in the middle ends the load, reads back what was started, and reports',
  async (signal) => {
    const started = startCollaudo(busy)
    await acknowledged(started, 20)
    started.child.kill(signal)
    const { exitCode } = await started.ended
    const record = recordIn(started.dir)
    expect([exitCode, record.exitCode, record.ended]).toEqual([130, 130, 'interrupted'])
    expect(record.verdict).not.toBe('pass')
    expect(record.integrity).toMatchObject({ complete: true, lost: 0, doubleBooked: 0, half: 0 })
    expect(existsSync(join(started.dir, 'run', 'report.html'))).toBe(true)
    expect(processesIn(started.dir)).toEqual([])
  },
)

test('--timeout ends the load, reads back what was started, and judges it in part', async () => {
  const { dir, exitCode, stdout } = await collaudo([...busy, '--timeout', '25s'])
  const record = recordIn(dir)
  expect([exitCode, record.exitCode, record.ended]).toEqual([3, 3, 'timed-out'])
  expect(stdout).toMatch(/^INCONCLUSIVE - .*stopped by its time limit/)
  expect(record.delivery.started).toBeGreaterThan(0)
  expect(record.integrity).toMatchObject({ complete: true, lost: 0, doubleBooked: 0, half: 0 })
  expect(readFileSync(join(dir, 'run', 'junit.xml'), 'utf8')).toContain('ended" value="timed-out"')
  expect(processesIn(dir)).toEqual([])
})

test('kill -9 of k6 in the middle: a record of a crash, and nothing acknowledged is called lost', async () => {
  const started = startCollaudo(busy)
  await acknowledged(started, 20)
  for (const pid of pidsOf(started.dir, /k6\S* run /)) process.kill(pid, 'SIGKILL')
  const { exitCode } = await started.ended
  const record = recordIn(started.dir)
  expect([exitCode, record.ended]).toEqual([6, 'crashed'])
  expect(record.integrity).toMatchObject({
    complete: true,
    lost: 0,
    duplicated: 0,
    doubleBooked: 0,
    half: 0,
    corrupted: 0,
  })
  const ledger = gunzipSync(readFileSync(join(started.dir, 'run', 'ledger.ndjson.gz'))).toString()
  expect(record.integrity.acknowledged).toBe(
    ledger.split('\n').filter((line) => line.includes('"acknowledged"')).length,
  )
  expect(processesIn(started.dir)).toEqual([])
})

test('kill -9 of collaudo in the middle leaves no k6 and no twin', async () => {
  const started = startCollaudo(busy)
  await acknowledged(started, 20)
  for (const pid of pidsOf(started.dir, /cli\/main\.ts/)) process.kill(pid, 'SIGKILL')
  await started.ended
  expect(await gone(started.dir)).toBe(true)
  expect(existsSync(join(started.dir, 'run', 'run.json'))).toBe(false)
})

test('SIGINT while the data is loaded ends with 130 and no record', async () => {
  const started = startCollaudo(['run', 'recup-day', '--out', 'run'])
  await started.said('plan  ')
  started.child.kill('SIGINT')
  const { exitCode, stderr } = await started.ended
  expect(exitCode).toBe(130)
  expect(stderr).not.toMatch(/^ {4}at /m)
  expect(existsSync(join(started.dir, 'run', 'run.json'))).toBe(false)
  expect(processesIn(started.dir)).toEqual([])
})

test('SIGINT while up brings its target up ends it and leaves nothing', async () => {
  const started = startCollaudo(['up', '--port', String(await freePorts())])
  while (pidsOf(started.dir, /twin\/main\.ts/).length === 0) await pause(20)
  started.child.kill('SIGINT')
  const { exitCode, stderr } = await started.ended
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.not.stringMatching(/^ {4}at /m) })
  expect(processesIn(started.dir)).toEqual([])
})
