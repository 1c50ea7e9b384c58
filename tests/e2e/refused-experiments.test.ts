import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { leftBehind } from '../../qualify/left-behind.ts'
import { collaudo, startCollaudo } from './start-collaudo.ts'

const spec = {
  name: 'mine',
  summary: 'mine',
  hypothesis: 'nothing happens',
  scenario: 'recup-day',
  streams: ['web'],
  from: '10:00',
  phases: { warmUpMs: 1000, steadyMs: 3000, faultMs: 4000, recoveryMs: 3000, afterMs: 3000, drainMs: 500 },
  faults: [{ fault: { kind: 'latency', component: 'recup', delayMs: 100 }, lastsMs: 2000 }],
  gates: [{ kind: 'integrity', name: 'integrity', phase: 'steady', limitCount: 0, why: 'assumption' }],
  environments: ['embedded', 'staging'],
  blastRadius: ['recup', 'reports', 'recup→reports', 'recup#7', 'queue'],
}

describe('what cannot be done is said before anything is changed:', () => {
  const faultOf = (fault: object) => ({ ...spec, faults: [{ fault, lastsMs: 2000 }] })
  const amplified = { kind: 'amplification', name: 'calls', phase: 'fault', limitRatio: 2, why: 'assumption' }
  const production = {
    schemaVersion: 1,
    name: 'live',
    environment: 'production',
    allowedHosts: ['127.0.0.1'],
    systems: { recup: { baseUrl: 'http://127.0.0.1:9/fhir' } },
  }

  test.each<readonly [string, readonly [object, object?], readonly [number, RegExp]]>([
    [
      'an address for a component',
      [faultOf({ kind: 'latency', component: '127.0.0.1:80', delayMs: 1 })],
      [2, /faults\.0\.fault\.component: expected a component such as/],
    ],
    [
      'a system that the load does not need',
      [faultOf({ kind: 'freeze', component: 'reports' })],
      [2, /expected a component of .*recup.*, got reports/],
    ],
    [
      'a way that nobody goes',
      [faultOf({ kind: 'reset', component: 'recup→reports' })],
      [2, /expected a component of .*, got recup→reports/],
    ],
    [
      'a replica that is not there',
      [faultOf({ kind: 'kill', component: 'recup#7' })],
      [2, /expected a component of .*, got recup#7/],
    ],
    [
      'a fault that the component cannot have',
      [faultOf({ kind: 'disk-full', component: 'recup' })],
      [2, /expected disk-full on a store, got recup/],
    ],
    ['a message queue', [faultOf({ kind: 'kill', component: 'queue' })], [2, /expected a component of .*, got queue/]],
    [
      'a fault without a deadline',
      [{ ...spec, faults: [{ fault: spec.faults[0]?.fault }] }],
      [2, /faults\.0\.lastsMs: /],
    ],
    [
      'a kind of fault that there is not',
      [faultOf({ kind: 'earthquake', component: 'recup' })],
      [2, /faults\.0\.fault\.kind: /],
    ],
    [
      'a fault outside the blast radius',
      [{ ...spec, blastRadius: ['reports'] }],
      [2, /expected a component of the blast radius \(reports\), got recup/],
    ],
    [
      'a gate on a way that nobody goes',
      [{ ...spec, gates: [{ ...amplified, edge: 'recup→reports' }] }],
      [2, /expected a way of .*clients→recup.*, got recup→reports/],
    ],
    [
      'an environment where it was not agreed on',
      [{ ...spec, environments: ['staging'] }],
      [4, /expected a target in staging for mine, got embedded in embedded/],
    ],
    [
      'production',
      [{ ...spec, environments: ['embedded', 'production'] }, production],
      [4, /expected a target in embedded for mine, got live in production/],
    ],
    [
      'a target without a driver',
      [spec, { ...production, environment: 'staging' }],
      [2, /expected a target that something can break on purpose, got live/],
    ],
  ])('%s', async (_, [experiment, target], [code, message]) => {
    const { dir } = await collaudo(['list'])
    writeFileSync(join(dir, 'mine.yaml'), JSON.stringify(experiment))
    if (target) writeFileSync(join(dir, 'target.yaml'), JSON.stringify(target))
    const started = startCollaudo(['chaos', 'mine.yaml', ...(target ? ['--target', 'target.yaml'] : [])], {}, dir)
    const { exitCode, stderr, stdout } = await started.ended
    expect(stderr).toMatch(message)
    expect([exitCode, stdout]).toEqual([code, ''])
    expect(stderr.match(/^collaudo: /gm)).toHaveLength(1)
    expect(stderr).not.toMatch(/^ {4}at /m)
    expect(leftBehind(dir, [])).toMatchObject({ processes: [], faults: 0, folders: [] })
    const runs = existsSync(join(dir, 'runs')) ? readdirSync(join(dir, 'runs')) : []
    expect(runs.filter((name) => existsSync(join(dir, 'runs', name, 'run.json')))).toEqual([])
  })

  test('an experiment that there is not', async () => {
    const { exitCode, stderr } = await collaudo(['chaos', 'meteorite'])
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/^collaudo: expected an experiment of zone-lost, .*, got meteorite\n {2}→ /),
    ])
  })
})

test('a journal that the disk has no room for in mid-run: no further fault is made, and those that are there are ended', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-full-journal-'))
  const journals = join(dir, 'runs', '.journals')
  mkdirSync(journals, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', journals])
  const fault = { kind: 'latency', component: 'recup', delayMs: 20 }
  const faults = Array.from({ length: 16 }, (_, index) => ({ fault, fromMs: 200 * index, lastsMs: 900 }))
  writeFileSync(join(dir, 'mine.yaml'), JSON.stringify({ ...spec, faults }))
  const { ended } = startCollaudo(['chaos', 'mine.yaml'], {}, dir)
  onTestFinished(() => {
    execFileSync('umount', ['-l', journals])
  })
  const { exitCode, stdout, stderr } = await ended
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr.match(/^collaudo: .*/gm)).toEqual([
    expect.stringMatching(/expected to write the journal runs\/\.journals\/r.*, got ENOSPC: no space left on device/),
  ])
  const made = stderr.match(/^fault .* since /gm)?.length ?? 0
  expect(made).toBeGreaterThan(0)
  expect(made).toBeLessThan(faults.length)
  expect(stderr.match(/^restored /gm)).toHaveLength(made)
  expect(leftBehind(dir, [])).toMatchObject({ processes: [], faults: 0, folders: [] })
})
