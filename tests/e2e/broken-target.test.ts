import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type RunRecord, runRecordSchema } from '../../model/run-record.ts'
import { processesIn } from '../../qualify/left-behind.ts'
import { startTwin } from '../../twin/start-twin.ts'
import type { Twin } from '../../twin/twin.ts'
import { freePorts } from './free-ports.ts'
import { startCollaudo } from './start-collaudo.ts'

/** Private providers, whose software does not pause: a run that is over when its slice is. */
const busy = ['recup-day', '--day', 'monday', '--from', '11:00', '--to', '11:10', '--squeeze', '12s']
const scale = ['--scale', 'partners=6,*=0.001']
const env = { SOME_ID: 'collaudo', SOME_SECRET: 'secret-of-nobody' }

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-broken-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A twin on its own ports that can be stopped and started again on the same data. */
const startTarget = async (dataDir: string) => {
  const port = await freePorts()
  const options = {
    dataDir,
    defects: [],
    ports: { recup: port, prescriptions: port + 1, identity: port + 2 },
    credentials: { clientId: env.SOME_ID, clientSecret: env.SOME_SECRET },
  }
  let twin: Twin = await startTwin(options)
  onTestFinished(() => twin.stop())
  return {
    systems: {
      recup: { baseUrl: twin.at('recup').baseUrl },
      prescriptions: { baseUrl: twin.at('prescriptions').baseUrl },
    },
    tokenUrl: twin.tokenUrl,
    async restart() {
      await twin.stop()
      twin = await startTwin(options)
    },
  }
}

/** Runs against a twin; `during` is called when the load has begun. */
const runOn = async (target: object, during: (run: { file: string; dir: string }) => Promise<void>) => {
  const file = join(folder(), 'target.yaml')
  const common = { schemaVersion: 1, name: 'somewhere', environment: 'staging', allowedHosts: ['127.0.0.1'] }
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ ...common, requestTimeoutMs: 2000, ...target }))
  const run = startCollaudo(['run', ...busy, ...scale, '--target', file, '--out', 'run'], env)
  await run.said('load  ')
  await during({ file, dir: run.dir })
  const ended = await run.ended
  const record: RunRecord = runRecordSchema.parse(JSON.parse(readFileSync(join(run.dir, 'run', 'run.json'), 'utf8')))
  expect(processesIn(run.dir)).toEqual([])
  return { ...ended, record }
}

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000))

const auth = (tokenUrl: string) => ({
  auth: { kind: 'client-credentials', tokenUrl, clientIdEnv: 'SOME_ID', clientSecretEnv: 'SOME_SECRET' },
})

test('a target that restarts in mid-run fails the gate on errors, and nothing that it confirmed is lost', async () => {
  const target = await startTarget(folder())
  const { exitCode, stdout, record } = await runOn({ systems: target.systems, ...auth(target.tokenUrl) }, async () => {
    await seconds(12)
    await target.restart()
  })
  expect([exitCode, record.verdict, record.ended]).toEqual([1, 'fail', 'completed'])
  expect(stdout).toMatch(/^FAIL/)
  expect(record.reasons.join('\n')).toMatch(/failures: [\d.]+ %, limit 0.1 %/)
  expect(record.delivery.started).toBe(record.delivery.planned)
  expect(record.integrity).toMatchObject({
    complete: true,
    lost: 0,
    duplicated: 0,
    doubleBooked: 0,
    half: 0,
    corrupted: 0,
  })
})

test('a target that loses its token endpoint in mid-run fails, and says that it could not be read back', async () => {
  const target = await startTarget(folder())
  let isLost = false
  const tokens = createServer(async (request, response) => {
    if (isLost) {
      response.writeHead(503).end()
      return
    }
    let body = ''
    for await (const chunk of request) body += chunk
    const answer = await fetch(target.tokenUrl, {
      method: 'POST',
      body,
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? '',
      },
    })
    // Good for a second: clients renew ten seconds before the end.
    const token = { ...Object(await answer.json()), expires_in: 11 }
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(token))
  })
  await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    tokens.closeAllConnections()
    tokens.close()
  })
  const tokenUrl = `http://127.0.0.1:${(tokens.address() as AddressInfo).port}/token`
  const { exitCode, stderr, record } = await runOn({ systems: target.systems, ...auth(tokenUrl) }, async () => {
    await seconds(12)
    isLost = true
  })
  expect([exitCode, record.verdict, record.ended]).toEqual([1, 'fail', 'completed'])
  expect(record.steps.find(({ step, failed }) => step === 'token' && failed > 0)).toBeDefined()
  expect(record.reasons.join('\n')).toMatch(/failures: [\d.]+ %[\s\S]*could be read back/)
  expect(stderr).toMatch(/reconciliation ended early: .*token/)
  expect(record.integrity).toMatchObject({ complete: false, lost: 0 })
  expect(record.integrity.acknowledged).toBeGreaterThan(0)
  expect(`${stderr}${JSON.stringify(record)}`).not.toContain(env.SOME_SECRET)
})

test('a target whose disk is full in mid-run fails, and nothing that it confirmed is lost', async () => {
  const mount = folder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=60m', 'tmpfs', mount])
  const dataDir = join(mount, 'data')
  mkdirSync(dataDir)
  // After the twin, which is stopped first: hooks run in the reverse order.
  onTestFinished(() => {
    execFileSync('umount', ['-l', mount])
  })
  const target = await startTarget(dataDir)
  const { exitCode, record } = await runOn({ systems: target.systems, ...auth(target.tokenUrl) }, async () => {
    await seconds(12)
    const { bavail, bsize } = statfsSync(mount)
    // The twin goes on writing: what is left for it is what was free a moment ago, or less.
    for (let left = bavail; left > 0; left = Math.floor(left / 2)) {
      try {
        writeFileSync(join(mount, `filler-${left}`), Buffer.alloc(left * bsize))
      } catch {
        rmSync(join(mount, `filler-${left}`))
      }
    }
  })
  expect([exitCode, record.verdict, record.ended]).toEqual([1, 'fail', 'completed'])
  expect(record.reasons.join('\n')).toMatch(/failures: [\d.]+ %, limit 0.1 %/)
  expect(record.evidence.some(({ status }) => status >= 500)).toBe(true)
  expect(record.integrity).toMatchObject({ complete: true, lost: 0, half: 0, corrupted: 0 })
})

test('a second run on a target that is being loaded is refused with exit 4, and the first goes on', async () => {
  const target = await startTarget(folder())
  const { exitCode, record } = await runOn(
    { systems: target.systems, ...auth(target.tokenUrl) },
    async ({ file, dir }) => {
      const second = await startCollaudo(['run', ...busy, '--target', file], env, dir).ended
      expect([second.exitCode, second.stdout]).toEqual([4, ''])
      expect(second.stderr).toMatch(
        /^collaudo: expected no other run on somewhere, got one in process \d+\n {2}→ wait for it/,
      )
    },
  )
  // So short a run has too few calls for every gate.
  expect([exitCode, record.ended, record.integrity.complete]).toEqual([3, 'completed', true])
  expect(record.delivery.started).toBe(record.delivery.planned)
})
