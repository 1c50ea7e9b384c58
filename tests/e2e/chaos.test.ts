import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { experiments } from '../../chaos/experiments/registry.ts'
import { suites } from '../../chaos/experiments/suites.ts'
import { journalsIn, readJournal } from '../../chaos/restoring/journal.ts'
import { openState } from '../../chaos/restoring/open-state.ts'
import { type RunRecord, runRecordSchema } from '../../model/run-record.ts'
import { killExperiment } from '../../qualify/killed-experiment.ts'
import { leftBehind, processesIn } from '../../qualify/left-behind.ts'
import { killOf } from '../../qualify/restoration.ts'
import { collaudo, startCollaudo } from './start-collaudo.ts'

const possible = experiments.filter(({ cannot }) => cannot['twin'] === undefined).map(({ name }) => name)
const impossible = experiments.filter(({ cannot }) => cannot['twin'] !== undefined).map(({ name }) => name)

/** Two at a time: they wait most of the time. */
const pairs = possible.flatMap((name, index) => (index % 2 === 0 ? [[name, possible[index + 1] ?? ''] as const] : []))

const recordIn = (dir: string): RunRecord =>
  runRecordSchema.parse(JSON.parse(readFileSync(join(dir, 'run', 'run.json'), 'utf8')))

const short = (name: string) => ['chaos', name, '--short', '--out', 'run']

const killSystem = (system: string, dir: string): void => {
  for (const pid of processesIn(dir)) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
      if (command.includes(`twin/main.ts\0${system}\0`)) process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended in between.
    }
  }
}

/** What the proxy itself says of its hits, by injection: the earliest, Unix ms. */
const firstHits = (dir: string): ReadonlyMap<string, number> => {
  const lines = readFileSync(join(dir, 'run', 'effects.ndjson'), 'utf8')
    .split('\n')
    .filter(Boolean)
  const first = new Map<string, number>()
  for (const { id, atUnixMs } of lines.map((line) => JSON.parse(line))) {
    if (typeof id === 'string') first.set(id, Math.min(first.get(id) ?? Number.POSITIVE_INFINITY, atUnixMs))
  }
  return first
}

interface Effect {
  readonly id: string
  readonly link: string
  readonly key: number
}

/** What was done to which connection, without the times. */
const effectsIn = (dir: string): readonly Effect[] =>
  readFileSync(join(dir, 'run', 'effects.ndjson'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map(({ atUnixMs: _, ...effect }) => effect)

const lastOf = (log: readonly Effect[], { id, link }: Effect): number =>
  Math.max(-1, ...log.filter((one) => one.id === id && one.link === link).map(({ key }) => key))

/** Of the connections that both runs have seen after an injection those that were hit; which are so many depends on the time. */
const hitsOnBoth = (log: readonly Effect[] = [], other: readonly Effect[] = []): readonly Effect[] =>
  log
    .filter((one) => one.key <= Math.min(lastOf(log, one), lastOf(other, one)))
    .toSorted((a, b) => a.id.localeCompare(b.id) || a.link.localeCompare(b.link) || a.key - b.key)

const conductsShort = async (name: string): Promise<void> => {
  const { dir, exitCode, stderr } = await collaudo(short(name))
  expect(stderr).not.toContain('collaudo: ')
  const { faults, resilience, integrity, phases, ended } = recordIn(dir)
  expect([name, exitCode, ended, resilience?.held, resilience?.isRestored]).toEqual([name, 0, 'completed', 'yes', true])
  expect(faults).toHaveLength(experiments.find((one) => one.name === name)?.faults.length ?? 0)
  for (const { injectedMs, provenMs, restoredMs, goneMs } of faults) {
    const times = [injectedMs, provenMs, restoredMs, goneMs].map(Number)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(injectedMs).toBeGreaterThanOrEqual(phases.find((phase) => phase.name === 'fault')?.fromMs ?? 0)
  }
  expect(integrity).toMatchObject({ lost: 0, duplicated: 0, doubleBooked: 0, half: 0, complete: true })
  expect(readFileSync(join(dir, 'run', 'report.html'), 'utf8')).toContain(`Experiment: ${name}`)
  expect(leftBehind(dir, [])).toEqual({ processes: [], ports: [], faults: 0, folders: [] })
}

describe('the short form', () => {
  test.each(pairs)(
    'of %s and %s is conducted: proven, ended, gone, and nothing that was confirmed is lost',
    async (...names) => {
      await Promise.all(names.filter((name) => name !== '').map(conductsShort))
    },
  )

  test.each(impossible)('of %s is not conducted: it says why, and counts as not covered', async (name) => {
    const { dir, exitCode, stderr } = await collaudo(short(name))
    expect(exitCode).toBe(3)
    expect(stderr).toMatch(/^collaudo: the embedded target cannot do .*: .*\n {2}→ it counts as not covered\n$/)
    expect(existsSync(join(dir, 'run'))).toBe(false)
  })
})

test('the times in the record are those at which the proxy did it', async () => {
  const { dir } = await collaudo(short('hospital-link-loss'))
  const { faults, zeroAt } = recordIn(dir)
  const t0UnixMs = Date.parse(zeroAt ?? '')
  const hits = firstHits(dir)
  const latency = faults.find(({ kind }) => kind === 'latency')
  // Connections that were open when it began are hit at that moment.
  expect(Math.abs((hits.get(latency?.id ?? '') ?? 0) - t0UnixMs - Number(latency?.injectedMs))).toBeLessThanOrEqual(50)
})

test('two runs of the same seed hit the same connections in the same way', async () => {
  const runs = await Promise.all([1, 2].map(() => collaudo(short('hospital-link-loss'))))
  const logs = runs.map(({ dir }) => effectsIn(dir))
  expect(hitsOnBoth(logs[0], logs[1]).length).toBeGreaterThan(10)
  expect(hitsOnBoth(logs[0], logs[1])).toEqual(hitsOnBoth(logs[1], logs[0]))
})

test.concurrent.each([11, 12, 13, 14, 15])('kill %i of the restoration proof leaves nothing', async (number) => {
  const { left } = await killExperiment(killOf(number))
  expect(left).toEqual({ processes: [], ports: [], faults: 0, folders: [] })
})

test('collaudo that dies in the middle of a fault leaves nothing, and says so of itself', async () => {
  const { exitCode, stdout, dir } = await collaudo(['chaos', 'runner-dies'])
  expect(stdout).toMatch(/^PASS - .* after the kill no fault and no process was left\.\n$/)
  expect(exitCode).toBe(0)
  expect(processesIn(dir)).toEqual([])
})

test('Ctrl-C in the middle of a fault ends the fault, then reports', async () => {
  const started = startCollaudo(short('partition-prescriptions'))
  await started.said('proven')
  started.child.kill('SIGINT')
  const { exitCode } = await started.ended
  const { ended, resilience, faults } = recordIn(started.dir)
  expect([exitCode, ended, resilience?.isRestored, resilience?.held]).toEqual([130, 'interrupted', true, 'unknown'])
  expect(faults[0]?.goneMs).not.toBeNull()
  expect(leftBehind(started.dir, [])).toMatchObject({ processes: [], faults: 0 })
})

test('a proxy that dies in the middle of a fault: exit 5, what is left is said, and restore finds nothing more', async () => {
  const started = startCollaudo(short('partition-prescriptions'))
  await started.said('proven')
  const [path = ''] = journalsIn(join(started.dir, 'runs'))
  const proxy = openState(readJournal(path)).processes.find(({ what }) => what === 'fault proxy')
  process.kill(proxy?.process.pid ?? 0, 'SIGKILL')
  const { exitCode, stdout } = await started.ended
  expect([exitCode, recordIn(started.dir).resilience?.isRestored]).toEqual([5, false])
  expect(stdout).toContain('Run collaudo restore')
  const restored = await startCollaudo(['restore'], {}, started.dir).ended
  expect([restored.exitCode, restored.stdout]).toEqual([
    0,
    expect.stringMatching(/^Nothing is left of any run|1 faults and \d processes ended$/m),
  ])
  expect(leftBehind(started.dir, [])).toEqual({ processes: [], ports: [], faults: 0, folders: [] })
})

test('a target that dies in the middle of a fault: exit 5, since nobody can say that the fault is gone, and nothing stays', async () => {
  const started = startCollaudo(short('slow-database'))
  await started.said('proven')
  const killing = setInterval(() => killSystem('recup', started.dir), 100)
  const { exitCode, stdout, stderr } = await started.ended
  clearInterval(killing)
  expect([exitCode, recordIn(started.dir).resilience?.isRestored]).toEqual([5, false])
  expect(stdout).toMatch(/^FAIL - .* on recup.store was ended, and its effect stayed: .*Run collaudo restore/)
  expect(stderr).not.toMatch(/^ {4}at /m)
  expect(leftBehind(started.dir, [])).toEqual({ processes: [], ports: [], faults: 0, folders: [] })
})

test('Ctrl-C in the middle of a suite ends it, and what it has come to until then is told', async () => {
  const started = startCollaudo(['chaos', 'go-live', '--short', '--json', '--out', 'suite'])
  await started.said('fault     kill on')
  started.child.kill('SIGINT')
  const { exitCode, stdout } = await started.ended
  const { experiments: entries, coverageRatio, next } = JSON.parse(stdout)
  const goLive = suites.find(({ name }) => name === 'go-live')?.experiments ?? []
  const [first, second] = goLive
  const of = Object.fromEntries(entries.map((entry: { experiment: string }) => [entry.experiment, entry]))
  expect(Object.keys(of)).toHaveLength(2)
  expect(of[first ?? '']).toMatchObject({ verdict: 'pass', exitCode: 0, isRestored: true })
  expect(of[second ?? '']).toMatchObject({ verdict: 'inconclusive', exitCode: 130, isRestored: true })
  expect([exitCode, coverageRatio]).toEqual([130, 1 / goLive.length])
  expect(next).not.toEqual([])
  expect(existsSync(join(started.dir, 'suite', first ?? '', 'report.html'))).toBe(true)
  expect(leftBehind(started.dir, [])).toEqual({ processes: [], ports: [], faults: 0, folders: [] })
})

test('--dry says of a whole suite what would be broken and when, and starts nothing', async () => {
  const { dir, exitCode, stdout } = await collaudo(['chaos', 'full', '--dry'])
  expect([exitCode, stdout.match(/^ {2}hypothesis /gm)?.length]).toEqual([0, experiments.length])
  expect(stdout).toContain('partition on recup#2 from 40 s to 80 s')
  expect(readdirSync(dir)).toEqual([])
})
