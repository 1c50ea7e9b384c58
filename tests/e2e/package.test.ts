import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { k6Path } from '../../cli/k6-path.ts'
import { runRecordSchema } from '../../model/run-record.ts'
import { root } from '../source/files.ts'
import { freePorts } from './free-ports.ts'

/** An empty folder, and a PATH with this Node, its npm and a k6. */
const dir = mkdtempSync(join(tmpdir(), 'collaudo-package-'))
const programs = join(dir, 'programs')
const project = join(dir, 'project')
const { COLLAUDO_K6: _, ...bare } = process.env
const env = { ...bare, PATH: [programs, dirname(process.execPath), process.env.PATH].join(delimiter) }
const run = (command: string, args: readonly string[], cwd = project): string =>
  execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const manifest = readFileSync(join(root, 'package.json'), 'utf8')

beforeAll(() => {
  execFileSync('mkdir', [programs, project])
  symlinkSync(k6Path(process.env), join(programs, 'k6'))
  run('npm', ['pack', '--pack-destination', dir], root)
  const packed = readdirSync(dir).find((name) => name.endsWith('.tgz')) ?? ''
  run('npm', ['install', '--no-audit', '--no-fund', join(dir, packed)])
})

afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('the package', () => {
  it('leaves the clone as it was', () => {
    expect(readFileSync(join(root, 'package.json'), 'utf8')).toBe(manifest)
    expect(existsSync(join(root, 'dist'))).toBe(false)
  })

  it('brings one package with it, and no source that would have to be built', () => {
    expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'collaudo',
      'zod',
    ])
    const files = readdirSync(join(project, 'node_modules/collaudo'), { recursive: true, encoding: 'utf8' })
    expect(files.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))).toEqual([])
  })

  it('makes a project that runs to its verdict', () => {
    run('npx', ['collaudo', 'init'])
    expect(run('npx', ['collaudo', 'list'])).toMatch(/first-minute +of this project/)
    expect(run('npx', ['collaudo', 'dashboards', '--check'])).toContain('are as they have to be')
    const { status, stdout, stderr } = spawnSync('npx', ['collaudo', 'run', '--json', '--out', 'run'], {
      cwd: project,
      env,
      encoding: 'utf8',
    })
    expect(stderr).toMatch(/prepare .*\n[\s\S]*reconcile \d+ writes read back/)
    const record = runRecordSchema.parse(JSON.parse(stdout))
    expect([status, record.verdict, record.scenario, record.provenance.commit]).toEqual([0, 'pass', 'first-minute', ''])
    expect(readFileSync(join(project, 'run', 'report.html'), 'utf8')).toContain('How it is computed')
  })

  it('conducts an experiment of the project', () => {
    const short = ['collaudo', 'chaos', 'slow-bookings', '--short', '--json', '--out', 'short']
    const record = runRecordSchema.parse(JSON.parse(run('npx', short)))
    expect(record.faults).toMatchObject([{ kind: 'latency', provenMs: expect.any(Number), goneMs: expect.any(Number) }])
  })

  it('keeps the systems up until it is told to stop', async () => {
    const port = await freePorts()
    const up = spawn('npx', ['collaudo', 'up', '--port', String(port)], { cwd: project, env, detached: true })
    const ended = once(up, 'close')
    let said = ''
    for await (const chunk of up.stdout) {
      said += chunk
      if (said.includes('Ctrl-C stops it')) break
    }
    expect(said).toContain(`http://127.0.0.1:${port}/`)
    process.kill(-Number(up.pid), 'SIGINT')
    await ended
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
  })

  it('refuses what it does not know in words', () => {
    const { status, stderr } = spawnSync('npx', ['collaudo', 'run', 'nowhere'], { cwd: project, env, encoding: 'utf8' })
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/expected a scenario of recup-day.*first-minute.*, got nowhere\n {2}→ /),
    ])
  })

  it('has types by which a program that reads a record is checked', () => {
    const program = (verdict: string) => `import { cellsOf, type RunRecord, readRecord } from 'collaudo'
const record: RunRecord = readRecord('run')
if (record.verdict === '${verdict}') console.log(record.delivery.planned)
for await (const cell of cellsOf('run')) if (cell.kind === 'end') { console.log(cell.count > 0); break }
`
    writeFileSync(join(project, 'right.mts'), program('pass'))
    writeFileSync(join(project, 'wrong.mts'), program('passed'))
    const check = (file: string) =>
      spawnSync(
        process.execPath,
        [
          join(root, 'node_modules/typescript/bin/tsc'),
          ...['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext', '--types', ''],
          ...['--lib', 'es2023,dom', file],
        ],
        { cwd: project, env, encoding: 'utf8' },
      )
    expect(check('right.mts')).toMatchObject({ stdout: '', status: 0 })
    expect(check('wrong.mts').stdout).toMatch(/no overlap/)
    expect(run('node', ['right.mts'])).toMatch(/^\d+\ntrue\n$/)
  })

  it('says what is built into it, with licences', () => {
    const home = join(project, 'node_modules/collaudo/dist')
    const { components } = JSON.parse(readFileSync(join(home, 'sbom.cdx.json'), 'utf8'))
    const notices = readFileSync(join(home, 'THIRD-PARTY.txt'), 'utf8')
    expect(components.length).toBeGreaterThan(50)
    expect(components.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['zod', 'undici', 'echarts']),
    )
    expect(notices).toMatch(/^echarts [\s\S]*NOTICE|Apache ECharts/m)
    for (const { name, version, licenses } of components) {
      expect([name, licenses]).toEqual([name, [{ expression: expect.stringMatching(/./) }]])
      expect(notices).toContain(`${name} ${version} (`)
    }
  })
})
