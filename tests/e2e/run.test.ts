import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { historyEntrySchema } from '../../model/history-entry.ts'
import { runRecordSchema } from '../../model/run-record.ts'
import { processesIn } from '../../qualify/left-behind.ts'
import { lines } from '../../region/lines.ts'
import { freePorts } from './free-ports.ts'
import { collaudo, startCollaudo } from './start-collaudo.ts'

/** Private providers, whose software does not pause: a run that is over when its slice is. */
const slice = ['--day', 'monday', '--from', '11:00', '--to', '11:10', '--squeeze', '12s']
const partners = ['run', 'recup-day', ...slice, '--scale', 'partners=8,*=0.001']

describe('a run on the embedded target', () => {
  test('reaches a verdict, leaves a record that fits its schema, and a report that is rebuilt from it', async () => {
    const { dir, stdout, exitCode, stderr } = await collaudo([...partners, '--out', 'run'])
    // No calls for every gate: the run says so and does not pass.
    expect([exitCode, stdout]).toEqual([3, expect.stringMatching(/^INCONCLUSIVE/)])
    expect(stderr).toMatch(/prepare .*smoke .*load .*reconcile/s)
    const run = join(dir, 'run')
    const record = runRecordSchema.parse(JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')))
    expect(record.delivery.started).toBe(record.delivery.planned)
    expect(record.integrity).toMatchObject({
      complete: true,
      lost: 0,
      duplicated: 0,
      doubleBooked: 0,
      half: 0,
      corrupted: 0,
    })
    expect(record.integrity.acknowledged).toBeGreaterThan(0)
    const report = readFileSync(join(run, 'report.html'), 'utf8')
    expect(readdirSync(run)).toEqual(expect.arrayContaining(['summary.md', 'cells.ndjson.gz', 'ledger.ndjson.gz']))
    const again = startCollaudo(['report', run, '--json'])
    const { stdout: document } = await again.ended
    expect(runRecordSchema.parse(JSON.parse(document))).toEqual(record)
    expect(readFileSync(join(run, 'report.html'), 'utf8')).toBe(report)
    expect(processesIn(dir)).toEqual([])
  })

  test('a defect is found, named and fails the build, which says so and how it is repeated', async () => {
    const github = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'step.md' }
    const asked = [...partners, '--defect', 'lost-ack=20%', '--json']
    const { dir, stdout, stderr, exitCode } = await collaudo(asked, github)
    const record = runRecordSchema.parse(JSON.parse(stdout))
    expect([exitCode, record.verdict]).toEqual([1, 'fail'])
    expect(record.integrity.lost).toBeGreaterThan(0)
    expect(record.integrity.examples[0]).toMatchObject({
      kind: 'lost',
      identifier: expect.stringMatching(/\.partners\.\d+$/),
    })
    const { commandLine } = record.provenance
    expect(commandLine).toBe(
      "npx collaudo run recup-day --day monday --from 11:00 --to 11:10 --scale 'partners=8,*=0.001' --squeeze 12s --seed 1 --target embedded --defect lost-ack=20%",
    )
    expect(stderr).toMatch(/^::error title=FAIL%3A recup-day on embedded::.*lost%0ARepeat it: npx collaudo run/m)
    expect(readFileSync(join(dir, 'step.md'), 'utf8')).toBe(
      readFileSync(join(dir, 'runs', record.id, 'summary.md'), 'utf8'),
    )
    const history = readFileSync(join(dir, 'runs', 'history.ndjson'), 'utf8')
    expect(historyEntrySchema.parse(JSON.parse(history))).toMatchObject({
      id: record.id,
      verdict: 'fail',
      totals: { operations: expect.any(Number) },
      steps: expect.arrayContaining([expect.objectContaining({ stream: 'partners', step: 'book' })]),
    })
  })
})

test('over lines every step waits for the round trip of its stream', async () => {
  const { dir, stdout } = await collaudo(['run', 'recup-over-lines', ...partners.slice(2), '--json'])
  const { steps, journeys, integrity } = runRecordSchema.parse(JSON.parse(stdout))
  expect(journeys.find(({ stream }) => stream === 'partners')?.completed).toBeGreaterThan(100)
  expect(integrity).toMatchObject({ complete: true, lost: 0, duplicated: 0 })
  const medians = steps.filter(({ stream }) => stream === 'partners').map(({ fromSentMs }) => Number(fromSentMs?.p50))
  expect(Math.min(...medians)).toBeGreaterThanOrEqual(lines.value.partner.roundTripMs)
  expect(processesIn(dir)).toEqual([])
})

test('of two citizens for every slot of an agenda that opens, nobody gets a slot that is sold, and everybody is told', async () => {
  const rush = ['run', 'agenda-release', '--squeeze', '9s', '--scale', '2', '--json']
  const { stdout } = await collaudo(rush)
  const record = runRecordSchema.parse(JSON.parse(stdout))
  const [{ planned = 0, outcomes = {} } = {}] = record.journeys
  const { done = 0, 'lost-race': late = 0, 'no-offer': tooLate = 0 } = outcomes
  expect(planned).toBeGreaterThan(500)
  expect(done + late + tooLate).toBe(planned)
  expect(done).toBeGreaterThan(200)
  expect(done).toBeLessThanOrEqual(300)
  expect(late).toBeGreaterThan(0)
  expect(record.integrity).toMatchObject({ complete: true, lost: 0, doubleBooked: 0, half: 0, corrupted: 0 })
})

test('attacks let nobody in, and requests that are never finished are told of in the record and in the report', async () => {
  const hostile = ['run', 'hostile-traffic', '--from', '10:00', '--to', '10:05', '--squeeze', '10s', '--out', 'run']
  const { dir, stdout } = await collaudo(hostile)
  const { journeys, integrity, slowRequests } = runRecordSchema.parse(
    JSON.parse(readFileSync(join(dir, 'run', 'run.json'), 'utf8')),
  )
  const attacks = journeys.find(({ stream }) => stream === 'attackers')
  expect(attacks?.outcomes['refused']).toBeGreaterThan(10)
  expect([attacks?.outcomes['done'] ?? 0, integrity.disclosed]).toEqual([0, 0])
  // Fifty to each of the two systems; those without a token are turned away at once, and come again.
  expect(slowRequests).toMatchObject({ connections: 100, refused: 0 })
  expect(slowRequests?.opened).toBeGreaterThanOrEqual(100)
  expect(slowRequests?.longestHeldMs).toBeGreaterThan(5000)
  for (const text of [stdout, readFileSync(join(dir, 'run', 'report.html'), 'utf8')]) {
    expect(text).toContain('Requests that were never finished: 100 at a time')
  }
  expect(processesIn(dir)).toEqual([])
})

test('a secret and the tokens got with it are in no file and no message', async () => {
  const env = { COLLAUDO_TWIN_CLIENT_SECRET: 'kept-to-oneself-4711' }
  const twin = startCollaudo(['up', '--port', String(await freePorts())], env)
  await twin.said('Ctrl-C stops it')
  const target = join(twin.dir, 'runs', 'twin.yaml')
  const { dir, stdout, stderr, exitCode } = await collaudo([...partners, '--target', target, '--out', 'run'], {
    ...env,
    COLLAUDO_TWIN_CLIENT_ID: 'collaudo',
  })
  twin.child.kill('SIGTERM')
  const up = await twin.ended
  expect(exitCode).toBe(3)
  const texts = [
    stdout,
    stderr,
    up.stdout,
    up.stderr,
    ...readdirSync(join(dir, 'run')).map((file) => readFileSync(join(dir, 'run', file), 'utf8')),
  ]
  for (const text of texts) {
    expect(text).not.toContain('kept-to-oneself')
    expect(text).not.toMatch(/Bearer [\w.~+/-]{8}/)
  }
  expect(processesIn(twin.dir)).toEqual([])
})
