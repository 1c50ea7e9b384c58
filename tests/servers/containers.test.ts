import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { suites } from '../../chaos/experiments/suites.ts'
import { journalsIn, readJournal } from '../../chaos/restoring/journal.ts'
import { openState } from '../../chaos/restoring/open-state.ts'
import { metrics } from '../../model/metrics.ts'
import { runRecordSchema } from '../../model/run-record.ts'
import { freePorts } from '../e2e/free-ports.ts'
import { type Started, startCollaudo } from '../e2e/start-collaudo.ts'
import { type Docker, startDocker } from './docker.ts'

const bin = fileURLToPath(new URL('../../bin/collaudo.mjs', import.meta.url))
const nobody = 65_534
let docker: Docker
let imagesBefore: readonly string[] = []

beforeAll(async () => {
  docker = await startDocker()
  imagesBefore = asked('images', '--all', '--quiet')
}, 60_000)
afterAll(() => docker?.stop())

const env = () => ({ DOCKER_HOST: docker.host })

const asked = (...args: readonly string[]): readonly string[] =>
  execFileSync('docker', ['--host', docker.host, ...args], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean)

/** Of ours, whatever else the engine has. */
const whatIsThere = () => ({
  containers: asked('ps', '--all', '--quiet', '--filter', 'label=collaudo.run'),
  networks: asked('network', 'ls', '--quiet', '--filter', 'label=collaudo.run'),
  volumes: asked('volume', 'ls', '--quiet', '--filter', 'label=collaudo.run'),
})
const nothing = { containers: [], networks: [], volumes: [] }

const onContainers = (...words: readonly string[]): Started =>
  startCollaudo([...words, '--target', 'containers'], env())

test('the suite of a go-live comes to its end on containers, each experiment as on the twin, and nothing is left', async () => {
  const { ended } = onContainers('chaos', 'go-live', '--short', '--json', '--out', 'suite')
  const { exitCode, stdout, stderr } = await ended
  expect(stderr).not.toContain('collaudo: ')
  const { experiments } = JSON.parse(stdout)
  const verdicts = experiments.map(({ experiment, verdict }: Record<string, string>) => [experiment, verdict])
  const goLive = suites.find(({ name }) => name === 'go-live')?.experiments ?? []
  expect(verdicts.toSorted()).toEqual(goLive.map((name) => [name, 'pass']).toSorted())
  expect(exitCode).toBe(0)
  expect(whatIsThere()).toEqual(nothing)
}, 600_000)

test('a day without faults passes on containers, and its data ends with it', async () => {
  const slice = ['--day', 'monday', '--from', '11:00', '--to', '11:10', '--squeeze', '12s']
  const { ended } = onContainers('run', 'recup-day', ...slice, '--scale', 'partners=6,*=0.001', '--json')
  const { stdout, stderr } = await ended
  const { delivery, integrity, environment } = runRecordSchema.parse(JSON.parse(stdout))
  expect([environment, stderr.includes('collaudo: ')]).toEqual(['embedded', false])
  expect(delivery.started).toBe(delivery.planned)
  expect(integrity).toMatchObject({ complete: true, lost: 0, duplicated: 0, half: 0, corrupted: 0 })
  expect(whatIsThere()).toEqual(nothing)
}, 180_000)

test('a run on containers is watched by a Prometheus in another one, which goes with them', async () => {
  const port = await freePorts()
  const up = onContainers('up', '--port', String(port), '--observe')
  await up.said('Ctrl-C stops it')
  const [watcher] = asked(
    'ps',
    '--filter',
    'name=prometheus',
    '--filter',
    'label=collaudo.run',
    '--format',
    '{{.Ports}}',
  )
  expect(watcher).toBe('127.0.0.1:9090->9090/tcp')
  const secrets = readFileSync(join(up.dir, 'runs', 'twin.env'), 'utf8')
    .trim()
    .split('\n')
  const slice = ['--day', 'monday', '--from', '11:00', '--to', '11:10', '--squeeze', '12s', '--streams', 'partners']
  const { ended } = startCollaudo(
    [...['run', 'recup-day', ...slice, '--scale', '6', '--target', join(up.dir, 'runs', 'twin.yaml')], '--json'].concat(
      ['--prometheus', 'http://127.0.0.1:9090'],
    ),
    { ...env(), ...Object.fromEntries(secrets.map((line) => line.split('=') as [string, string])) },
  )
  const { stdout } = await ended
  const { id, delivery } = runRecordSchema.parse(JSON.parse(stdout))
  expect(delivery.started).toBe(delivery.planned)
  const query = encodeURIComponent(`sum(max_over_time(${metrics.rowsStarted.name}{run="${id}"}[10m]))`)
  const answer = await fetch(`http://127.0.0.1:9090/api/v1/query?query=${query}`)
  const { data } = Object(await answer.json())
  expect(data.result.map(({ value }: { value: [number, string] }) => Number(value[1]))).toEqual([delivery.started])
  up.child.kill('SIGINT')
  await up.ended
  expect(whatIsThere()).toEqual(nothing)
}, 180_000)

const ownerIn = (dir: string): number => {
  const [path = ''] = journalsIn(join(dir, 'runs'))
  return openState(readJournal(path)).opened?.owner.pid ?? 0
}

const isGone = () => expect.poll(whatIsThere, { interval: 200, timeout: 30_000 }).toEqual(nothing)

describe('killed (-9)', () => {
  const killed = async (name: string): Promise<Started> => {
    const started = onContainers('chaos', name, '--short', '--out', 'run')
    await started.said('proven')
    process.kill(ownerIn(started.dir), 'SIGKILL')
    await started.ended
    return started
  }

  test.each(['partition-prescriptions', 'image-archive-full', 'ransomware-read-only', 'resource-pressure'])(
    '%s is ended by restore at once, from a shell that knows nothing of the engine: nothing is left',
    async (name) => {
      const { dir } = await killed(name)
      const elsewhere = { DOCKER_HOST: 'unix:///nobody/docker.sock' }
      const { exitCode, stdout } = await startCollaudo(['restore'], elsewhere, dir).ended
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining('containers removed')])
      expect(whatIsThere()).toEqual(nothing)
    },
    120_000,
  )

  test.each(['networks', 'volumes', 'containers'] as const)(
    'while it comes up, at its first %s, whoever watches leaves nothing',
    async (kind) => {
      const started = onContainers('chaos', 'rolling-kill', '--short', '--out', 'run')
      while (whatIsThere()[kind].length === 0) await sleep(50)
      process.kill(ownerIn(started.dir), 'SIGKILL')
      await started.ended
      await isGone()
    },
    120_000,
  )

  test('a fault is ended by whoever watches, when nobody calls restore', async () => {
    await killed('rolling-kill')
    await isGone()
  }, 120_000)
})

describe('what is said where there is no engine to be had:', () => {
  const refused = async (args: readonly string[], host: string): Promise<readonly [number | null, string]> => {
    const { exitCode, stderr } = await startCollaudo([...args, '--target', 'containers'], { DOCKER_HOST: host }).ended
    return [exitCode, stderr]
  }

  test('none is there', async () => {
    const [exitCode, stderr] = await refused(
      ['chaos', 'partition-prescriptions', '--short'],
      'unix:///nobody/docker.sock',
    )
    expect(exitCode).toBe(2)
    expect(stderr.match(/^collaudo: .*/gm)).toEqual(['collaudo: expected a Docker engine, got no /nobody/docker.sock'])
    expect(stderr).toMatch(/\n {2}→ start Docker/)
  })

  test('one is there that lets nobody in', () => {
    const dir = mkdtempSync(join(tmpdir(), 'collaudo-no-permission-'))
    onTestFinished(() => rmSync(dir, { recursive: true }))
    const socket = join(dir, 'docker.sock')
    writeFileSync(socket, '', { mode: 0o600 })
    chownSync(socket, nobody, nobody)
    // Root may open everything, unless it gives that up.
    const withoutPower = ['--bounding-set', '-dac_override,-dac_read_search', process.execPath, bin]
    const args = [...withoutPower, 'chaos', 'partition-prescriptions', '--short', '--target', 'containers']
    const options = { cwd: dir, env: { ...process.env, DOCKER_HOST: `unix://${socket}` }, encoding: 'utf8' } as const
    const { status, stderr } = spawnSync('setpriv', args, options)
    expect(status).toBe(2)
    expect(stderr.match(/^collaudo: .*/gm)).toEqual([
      `collaudo: expected a Docker engine that you may use, got no permission for ${socket}`,
    ])
    expect(stderr).toMatch(/\n {2}→ add yourself to the group of that file/)
  })

  test('one of another machine', async () => {
    const [exitCode, stderr] = await refused(['chaos', 'partition-prescriptions', '--short'], 'tcp://docker:2375')
    expect([exitCode, stderr.match(/^collaudo: .*/gm)]).toEqual([
      2,
      ['collaudo: expected a Docker engine of this machine, got DOCKER_HOST=tcp://docker:2375'],
    ])
  })

  test('a port that is taken', async () => {
    const port = await freePorts()
    const server = createServer().listen(port, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { exitCode, stderr } = await onContainers('up', '--port', String(port)).ended
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/^collaudo: expected port \d+ free for recup, got one that is taken\n {2}→ /m),
    ])
    expect(whatIsThere()).toEqual(nothing)
  }, 60_000)

  test('an image that was named and is not there', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'collaudo-no-image-'))
    const target = { schemaVersion: 1, name: 'containers', environment: 'embedded', image: 'nobody-made-it' }
    writeFileSync(join(dir, 'mine.yaml'), JSON.stringify(target))
    const started = startCollaudo(['chaos', 'partition-prescriptions', '--short', '--target', 'mine.yaml'], env(), dir)
    const { exitCode, stderr } = await started.ended
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/^collaudo: expected the image nobody-made-it, got none/m),
    ])
    expect(whatIsThere()).toEqual(nothing)
  })
})

test('afterwards no layer of an image is left, when it is asked for', async () => {
  const { exitCode } = await startCollaudo(['clean', '--target', 'containers'], env()).ended
  const more = asked('images', '--all', '--quiet').filter((id) => !imagesBefore.includes(id))
  expect([exitCode, more, whatIsThere()]).toEqual([0, [], nothing])
})
