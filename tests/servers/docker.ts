import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A Docker engine. */
export interface Docker {
  /** As `DOCKER_HOST`. */
  readonly host: string
  stop(): Promise<void>
}

const attempts = 150

const usual = 'unix:///var/run/docker.sock'

/** The engine that runs on this machine, or one with folders and a socket of its own, which needs root: two would take each other's network away. */
export const startDocker = async (): Promise<Docker> => {
  if (await answers(usual)) return { host: usual, stop: async () => {} }
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-docker-'))
  const socket = join(dir, 'docker.sock')
  const log = join(dir, 'log')
  const output = openSync(log, 'w')
  const child = spawn(
    'dockerd',
    [
      ...['--host', `unix://${socket}`, '--data-root', join(dir, 'data'), '--exec-root', join(dir, 'exec')],
      ...['--pidfile', join(dir, 'pid'), '--bridge', 'none', '--log-level', 'warn'],
    ],
    { stdio: ['ignore', output, output], env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` } },
  )
  closeSync(output)
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('close', () => resolve())
  })
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
  }
  const host = `unix://${socket}`
  for (let attempt = 0; attempt < attempts && child.exitCode === null; attempt++) {
    if (await answers(host)) return { host, stop }
    await sleep(200)
  }
  const said = readFileSync(log, 'utf8').split('\n').slice(-10).join('\n')
  await stop()
  throw new Error(`expected a Docker engine at ${host}, got no answer\n${said}`)
}

const answers = (host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn('docker', ['--host', host, 'version'], { stdio: 'ignore' })
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
