import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A Docker engine of its own: nobody else's containers, networks or images are on it. */
export interface OwnDocker {
  /** As `DOCKER_HOST`. */
  readonly host: string
  stop(): Promise<void>
}

const attempts = 150

/** Starts an engine with its own folders and socket, which needs root; resolves when it answers. Rules of the machine's network stay as they are. */
export const startDocker = async (): Promise<OwnDocker> => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-docker-'))
  const socket = join(dir, 'docker.sock')
  const log = join(dir, 'log')
  const output = openSync(log, 'w')
  const child = spawn(
    'dockerd',
    [
      ...['--host', `unix://${socket}`, '--data-root', join(dir, 'data'), '--exec-root', join(dir, 'exec')],
      ...['--pidfile', join(dir, 'pid'), '--bridge', 'none', '--iptables=false', '--log-level', 'warn'],
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
