import type { GenericContainer } from 'testcontainers'
import { Failure } from '../model/failure.ts'
import type { Engine } from './engine.ts'
import { nameOf, runLabel } from './labels.ts'
import { removeContainer } from './remove-run.ts'

/** What to start, and how it is reached. */
export interface ContainerSpec {
  readonly engine: Engine
  readonly image: string
  /** The run it belongs to and goes with. */
  readonly run: string
  /** Its name among the containers of the run: `recup`, `recup#2`. */
  readonly what: string
  readonly network: string
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Ports inside, and where on loopback they are reached. */
  readonly ports: readonly Port[]
  /** It is well when this answers on the first port; `/health` when absent. */
  readonly healthPath?: string
  readonly mounts: readonly Mount[]
  readonly memoryBytes?: number | undefined
  readonly log: (line: string) => void
}

export interface Port {
  readonly inside: number
  readonly onLoopback: number
}

/** A volume, or a path of this machine, at a path inside. */
export interface Mount {
  readonly source: string
  readonly target: string
  readonly mode: 'rw' | 'ro'
}

/** A container that is up. */
export interface StartedContainer {
  readonly id: string
  /** How the others of its network find it. */
  readonly host: string
}

const startTimeoutMs = 60_000
const lookEveryMs = 250
const keptLogLines = 20

/**
 * Starts a container and waits until it is well. Throws a Failure: `usage` when a port is taken, `crashed` with its last words when
 * it does not come up; it is removed then.
 */
export const startContainer = async (spec: ContainerSpec): Promise<StartedContainer> => {
  const host = nameOf(spec.run, spec.what)
  const lines: string[] = []
  const log = (line: string): void => {
    lines.push(line)
    lines.splice(0, lines.length - keptLogLines)
    spec.log(line)
  }
  try {
    const started = await (await prepared({ ...spec, log }, host)).start()
    return { id: started.getId(), host }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    // One that could not be started stays as it was made.
    await removeContainer(spec.engine, host).catch(() => {})
    if (/port is already allocated|address already in use/.test(reason)) {
      const ports = spec.ports.map(({ onLoopback }) => onLoopback).join(', ')
      const hint = 'stop what listens there, or choose another port'
      throw new Failure('usage', `expected port ${ports} free for ${spec.what}, got one that is taken`, hint)
    }
    const message = [`expected the container ${spec.what} to start, got ${reason}`, ...lines].join('\n')
    throw new Failure('crashed', message, 'look at the lines above and at docker ps')
  }
}

const prepared = async (spec: ContainerSpec, host: string): Promise<GenericContainer> => {
  const { Wait } = await import('testcontainers')
  const OnLoopback = await loopbackContainer()
  const [first] = spec.ports
  const container = new OnLoopback(spec.image, spec.memoryBytes)
    .withName(host)
    .withLabels({ [runLabel]: spec.run })
    // What makes sure of its removal is our own journal, not a container of the library.
    .withAutoCleanup(false)
    .withNetworkMode(spec.network)
    .withCommand([...spec.command])
    .withEnvironment(spec.env)
    .withExposedPorts(...spec.ports.map(({ inside, onLoopback }) => ({ container: inside, host: onLoopback })))
    .withBindMounts([...spec.mounts])
    .withStartupTimeout(startTimeoutMs)
    .withLogConsumer((stream) => eachLine(stream, spec.log))
  if (first === undefined) return container
  const isWell = Wait.forHttp(spec.healthPath ?? '/health', first.inside, {
    abortOnContainerExit: true,
  }).withReadTimeout(lookEveryMs)
  return container.withWaitStrategy(isWell)
}

/** The library binds ports on every interface; nobody but this machine may reach them. */
const loopbackContainer = async () => {
  const { GenericContainer: Generic } = await import('testcontainers')
  return class OnLoopback extends Generic {
    readonly #memoryBytes: number | undefined

    constructor(image: string, memoryBytes: number | undefined) {
      super(image)
      this.#memoryBytes = memoryBytes
    }

    protected override async beforeContainerCreated(): Promise<void> {
      const bindings = Object.entries(this.hostConfig.PortBindings ?? {}).map(([port, bound]) => [
        port,
        (Array.isArray(bound) ? bound : []).map((one: object) => ({ ...one, HostIp: '127.0.0.1' })),
      ])
      this.hostConfig.PortBindings = Object.fromEntries(bindings)
      if (this.#memoryBytes !== undefined) {
        this.hostConfig.Memory = this.#memoryBytes
        this.hostConfig.MemorySwap = this.#memoryBytes
      }
    }
  }
}

const eachLine = (stream: NodeJS.ReadableStream, log: (line: string) => void): void => {
  let rest = ''
  stream.on('data', (chunk: Buffer | string) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) log(line)
  })
}
