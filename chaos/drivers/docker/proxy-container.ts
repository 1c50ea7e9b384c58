import { resolve } from 'node:path'
import { unusedPort } from '../../../clients/unused-port.ts'
import type { Engine } from '../../../containers/engine.ts'
import { removeContainer } from '../../../containers/remove-run.ts'
import { type ContainerSpec, type Mount, startContainer } from '../../../containers/start-container.ts'
import type { FaultProxy } from '../../proxy/fault-proxy.ts'
import { type Answered, type Asked, type Command, errorOf } from '../../proxy/messages.ts'

export interface ProxyContainerOptions extends Pick<ContainerSpec, 'image' | 'run' | 'network' | 'log'> {
  readonly engine: Engine
  readonly seed: number
  /** Run folder of this machine; gets `effects.ndjson`. */
  readonly dir: string
  /** Volumes in memory that must outlive the containers that use them. */
  readonly keeps: readonly Mount[]
}

/** A fault proxy in a container of its own. */
export interface ContainedProxy extends FaultProxy {
  readonly id: string
}

/** More ways than there are between the systems. */
const ways = 32

const folderInside = '/run-folder'

/** Starts it on the network of a run. Its ports are the same inside and on loopback. Throws as `startContainer`. */
export const startProxyContainer = async (options: ProxyContainerOptions): Promise<ContainedProxy> => {
  const { engine, seed, dir, keeps } = options
  const [control = 0, ...free] = await differentPorts(ways + 1)
  const { id, host } = await startContainer({
    ...options,
    what: 'fault-proxy',
    command: [
      '/app/fault-proxy.mjs',
      ...['--host', '0.0.0.0', '--control', String(control)],
      ...['--seed', String(seed), '--effects', `${folderInside}/effects.ndjson`],
    ],
    env: {},
    ports: [control, ...free].map((port) => ({ inside: port, onLoopback: port })),
    mounts: [{ source: resolve(dir), target: folderInside, mode: 'rw' }, ...keeps],
  })
  const container = engine.container.getById(id)
  const exited = container.wait().then(
    ({ StatusCode }: { readonly StatusCode: number }) => `exit code ${StatusCode}`,
    () => 'its removal',
  )
  const ask = <T>(command: Command): Promise<T> => askOver(`http://127.0.0.1:${control}/`, command)
  return {
    id,
    pid: 0,
    peerHost: host,
    exited,
    open: (link) => ask({ kind: 'open', link: { port: nextOf(free), ...link } }),
    inject: (injection) => ask({ kind: 'inject', injection }),
    restore: (id) => ask({ kind: 'restore', id }),
    counts: () => ask({ kind: 'counts' }),
    async stop() {
      // It writes the last effects down first.
      await container.stop({ t: stopTimeoutS }).catch(() => {})
      await removeContainer(engine, id)
      await exited
    },
  }
}

const stopTimeoutS = 3

const differentPorts = async (count: number): Promise<readonly number[]> => {
  const ports = new Set<number>()
  while (ports.size < count) ports.add(await unusedPort())
  return [...ports]
}

const nextOf = (free: number[]): number => {
  const port = free.shift()
  if (port !== undefined) return port
  throw new Error(`expected at most ${ways} ways through the fault proxy, got one more`)
}

const askOver = async <T>(url: string, command: Command): Promise<T> => {
  const asked: Asked = { number: 0, command }
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(asked) })
  const answered = (await response.json()) as Answered
  if ('refusal' in answered) throw errorOf(answered.refusal)
  return answered.value as T
}
