import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** What one load saw: whole answers, of so many bytes each. */
export interface Seen {
  readonly answers: number
  readonly megabytesPerS: number
  readonly medianUs: number
  readonly p99Us: number
}

export interface Load {
  readonly connections: number
  readonly bodyBytes: number
  /** Of each connection, between an answer and the next request. */
  readonly pauseMs: number
  readonly durationMs: number
}

/** Server, client and Toxiproxy, a process each. */
export interface ProxyPeers {
  /** Of the server; nothing between. */
  readonly serverPort: number
  /** The same through Toxiproxy. */
  readonly toxiproxyPort: number
  load(port: number, load: Load): Promise<Seen>
  stop(): void
}

const run = promisify(execFile)
const waitMs = 20
const startTimeoutMs = 10_000

/** Builds both with Go, which is quick the second time; Toxiproxy's version is that of proxy-peers/go.mod. */
export const startProxyPeers = async (dir: string): Promise<ProxyPeers> => {
  const programs = await build()
  const server = spawn(programs.peers, ['serve'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const children: ChildProcess[] = [server]
  try {
    const [line] = await once(server.stdout, 'data')
    const serverPort = Number(String(line))
    const toxiproxyPort = await freePort()
    const config = join(dir, 'toxiproxy.json')
    const proxy = {
      name: 'bench',
      listen: `127.0.0.1:${toxiproxyPort}`,
      upstream: `127.0.0.1:${serverPort}`,
      enabled: true,
    }
    await writeFile(config, JSON.stringify([proxy]))
    const args = ['-host', '127.0.0.1', '-port', String(await freePort()), '-config', config]
    children.push(spawn(programs.toxiproxy, args, { stdio: 'ignore' }))
    await listening(toxiproxyPort)
    return {
      serverPort,
      toxiproxyPort,
      load: (port, load) => loadOf(programs.peers, port, load),
      stop: () => end(children),
    }
  } catch (error) {
    end(children)
    throw error
  }
}

const end = (children: readonly ChildProcess[]): void => {
  for (const child of children) child.kill('SIGKILL')
}

const build = async () => {
  const cwd = fileURLToPath(new URL('./proxy-peers', import.meta.url))
  const tools = fileURLToPath(new URL('../.tools', import.meta.url))
  await mkdir(tools, { recursive: true })
  const built = async (name: string, of: string): Promise<string> => {
    const path = join(tools, name)
    const flags = ['-mod=readonly', '-buildvcs=false', '-trimpath', '-ldflags=-s -w', '-o', path]
    await run('go', ['build', ...flags, of], { cwd, env: { ...process.env, CGO_ENABLED: '0' } })
    return path
  }
  return {
    peers: await built('proxy-peers', '.'),
    toxiproxy: await built('toxiproxy', 'github.com/Shopify/toxiproxy/v2/cmd/server'),
  }
}

const loadOf = async (
  peers: string,
  port: number,
  { connections, bodyBytes, pauseMs, durationMs }: Load,
): Promise<Seen> => {
  const { stdout } = await run(peers, [
    'load',
    `127.0.0.1:${port}`,
    ...[connections, bodyBytes, pauseMs, durationMs].map(String),
  ])
  return JSON.parse(stdout)
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = Object(server.address())
  await new Promise((resolve) => server.close(resolve))
  return port
}

const listening = async (port: number): Promise<void> => {
  const endMs = performance.now() + startTimeoutMs
  while (performance.now() < endMs) {
    const socket = connect({ port, host: '127.0.0.1' })
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
    await sleep(waitMs)
  }
  throw new Error(`expected Toxiproxy on port ${port} within ${startTimeoutMs} ms, got nobody`)
}
