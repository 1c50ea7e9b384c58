import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { k6Path } from '../../cli/k6-path.ts'
import { parseSlice } from '../../cli/parse-options.ts'
import type { Defect } from '../../model/defect.ts'
import { drawPlan } from '../../planner/plan.ts'
import { writeRunFolder } from '../../planner/run-folder.ts'
import { readLedger } from '../../results/ledger.ts'
import { readCells } from '../../results/read-cells.ts'
import { reconcile } from '../../results/reconcile.ts'
import { k6Environment } from '../../runner/k6-environment.ts'
import { runLoad } from '../../runner/load.ts'
import { openTarget } from '../../runner/open-target.ts'
import { prepare } from '../../runner/prepare.ts'
import { dayZeroOf } from '../../runner/prepare-target.ts'
import { emergencyMonth } from '../../scenarios/emergency-month.ts'

const k6 = k6Path(process.env)
const { signal } = new AbortController()

/** A morning of forty regions in eight seconds, by staff who do not pause: a row is one event or several. */
const morning = { day: 'monday', from: '08:00', to: '13:00', squeeze: '8s', scale: '40' }
const scenario = { ...emergencyMonth, warmUpMs: 2000 }

/** What such a morning comes to on a twin with these defects. */
const walk = async (defects: readonly Defect[] = []) => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-emergency-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const drawn = drawPlan({ scenario, slice: parseSlice(morning, scenario), seed: 1, fiscalCodes: 'marked' })
  const { plan } = drawn
  await writeRunFolder(dir, drawn)
  const embedded = { schemaVersion: 1, name: 'embedded', environment: 'embedded', fiscalCodes: 'marked' } as const
  const { systems } = plan
  const open = await openTarget(embedded, { systems, env: {}, defects, dataDir: join(dir, 'twin') })
  onTestFinished(() => open.close())
  const client = () => open.client('emergency', signal)
  await prepare({
    dir,
    plan,
    namespace: 'ns',
    client,
    dayZeroUnixMs: dayZeroOf(Date.now()),
    signal,
    onLoaded: () => {},
  })
  const { collected, ended } = await runLoad({
    k6,
    dir,
    plan,
    rowsPerStream: { emergency: drawn.streams[0]?.timetable.rows.length ?? 0 },
    env: { ...k6Environment(open, 'ns'), COLLAUDO_PAUSES: '0' },
    signal,
    onLive: () => {},
  })
  expect(ended).toBe('completed')
  const integrity = await reconcile({
    ledger: readLedger(dir),
    clients: { emergency: client() },
    t0UnixMs: collected.t0UnixMs ?? 0,
    consistencyWithinMs: 0,
    clock: { now: Date.now, sleep: async () => {} },
    signal,
    limitMs: 60_000,
  })
  return { collected, integrity, measured: await readCells(dir), rows: drawn.streams[0]?.timetable.rows ?? [] }
}

test('every event of an emergency finds the one before it, and all that was entered is there', async () => {
  const { collected, integrity, measured, rows } = await walk()
  expect(rows.length).toBeGreaterThan(40)
  expect(rows.filter((_, row) => collected.rows.state('emergency', row) !== 'done')).toEqual([])
  expect(integrity).toMatchObject({ complete: true, lost: 0, duplicated: 0, half: 0, corrupted: 0, refused: 0 })
  expect(integrity.verified).toBeGreaterThan(rows.length)
  expect(measured.steps.map(({ step }) => step)).toEqual(
    expect.arrayContaining(['identify', 'register', 'triage', 'chart', 'visit', 'order', 'result', 'report', 'close']),
  )
})

test('orders that are lost, encounters made twice and results out of order are found and named', async () => {
  const kinds = ['lost-order', 'duplicate-encounter', 'out-of-order-result'] as const
  const { collected, integrity, rows } = await walk(kinds.map((kind) => ({ kind, shareRatio: 0.1 })))
  const found = integrity.examples.map(({ kind, identifier }) => `${kind} ${identifier.split('.').at(3)}`)
  expect(found).toEqual(expect.arrayContaining(['lost order', 'duplicated register', 'corrupted result']))
  // The results of an order that is not there have nothing to be entered to.
  const blocked = rows.filter((_, row) => collected.rows.state('emergency', row) === 'blocked')
  expect(blocked.length).toBeGreaterThan(0)
  expect(blocked.every(({ step }) => step.includes('result'))).toBe(true)
})
