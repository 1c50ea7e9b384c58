import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { capacityRecordSchema } from '../../model/capacity-record.ts'
import { processesIn } from '../../qualify/left-behind.ts'
import { collaudo, startCollaudo } from './start-collaudo.ts'

/** Private providers, whose software does not pause, and no load that could be too much. */
const search = [
  'capacity',
  'recup-day',
  '--streams',
  'partners',
  '--from-scale',
  '8',
  '--max-scale',
  '8',
  '--out',
  'search',
]

test('a search makes whole runs, says what it knows, and its reports are rebuilt from its record', async () => {
  const { dir, stdout, exitCode } = await collaudo([...search, '--squeeze', '10s', '--json'])
  const record = capacityRecordSchema.parse(JSON.parse(stdout))
  expect([exitCode, record.exitCode, record.verdict, record.search.ended]).toEqual([0, 0, 'pass', 'max-scale'])
  expect(record.search.gateLimit).toMatchObject({ kind: 'above', why: '--max-scale 8 was reached' })
  expect(record.forecast.perHour['operations']).toBeGreaterThan(1000)
  const [trial] = record.search.trials
  expect(trial).toMatchObject({ name: 'trial-1', scale: 8, meetsGates: 'yes' })
  expect(existsSync(join(dir, 'search', 'trial-1', 'run.json'))).toBe(true)
  const report = readFileSync(join(dir, 'search', 'report.html'), 'utf8')
  const again = await startCollaudo(['report', join(dir, 'search'), '--json']).ended
  expect(capacityRecordSchema.parse(JSON.parse(again.stdout))).toEqual(record)
  expect(readFileSync(join(dir, 'search', 'report.html'), 'utf8')).toBe(report)
  expect(processesIn(dir)).toEqual([])
})

test('an interrupt in the middle of a search tells what was measured', async () => {
  const started = startCollaudo([...search.slice(0, 4), '--from-scale', '6', '--squeeze', '8s', '--out', 'search'])
  await started.said('trial-1')
  started.child.kill('SIGINT')
  const { exitCode, stdout } = await started.ended
  const record = capacityRecordSchema.parse(
    JSON.parse(readFileSync(join(started.dir, 'search', 'capacity.json'), 'utf8')),
  )
  expect([exitCode, record.search.ended, record.verdict]).toEqual([130, 'interrupted', 'pass'])
  expect(record.search.gateLimit).toMatchObject({ kind: 'above', why: 'the search was interrupted' })
  expect(stdout).toMatch(/^PASS - carries the forecast more than/)
  expect(processesIn(started.dir)).toEqual([])
})

test('options that cannot be are refused before anything starts', async () => {
  const { exitCode, stderr } = await collaudo([
    ...search,
    '--precision',
    '5',
    '--without',
    'imaging#2',
    '--growth',
    'much',
  ])
  expect(exitCode).toBe(2)
  expect(stderr).toMatch(/--precision: .*\n--growth: .*\n--without: .*\n {2}→ collaudo capacity --help/)
})
