import { spawn } from 'node:child_process'
import { programFile } from '../../home/home.ts'
import { Failure } from '../../model/failure.ts'
import { Conversation } from './conversation.ts'
import type { LinkInjectionRequest, LinkSpec } from './link-spec.ts'

/** What has passed a link so far. */
export interface LinkCounts {
  readonly opened: number
  /** Connections of which an end is still there. */
  readonly open: number
  readonly bytesToUpstream: number
  readonly bytesToClient: number
  /** Times that the client has said something after it was answered, or at first: its requests, when it sends one at a time. */
  readonly exchanges: number
  /** Only those that were looked at one by one. */
  readonly requests: number
  /** Connections or requests that were hit, by injection. */
  readonly hits: Readonly<Record<string, number>>
}

/** A running proxy process. Every answer of it comes at once, whatever its connections wait for. */
export interface FaultProxy {
  readonly pid: number
  /** Where systems find its ports; those of this machine find them on 127.0.0.1. */
  readonly peerHost: string
  /** Resolves when the process has ended, however it ended. */
  readonly exited: Promise<string>
  /** Resolves to the port. */
  open(link: LinkSpec): Promise<{ readonly port: number }>
  /** Resolves to when the fault began to have an effect; on all of the links, or on none. */
  inject(injection: LinkInjectionRequest): Promise<{ readonly atUnixMs: number }>
  /** Resolves to when it no longer had one. What is not active stays so. */
  restore(id: string): Promise<{ readonly atUnixMs: number }>
  counts(): Promise<Readonly<Record<string, LinkCounts>>>
  stop(): Promise<void>
}

export interface FaultProxyOptions {
  /** A safe integer ≥ 0. The same seed hits the same connections and requests. */
  readonly seed: number
  /** Gets an `EffectLine` for each of them. */
  readonly effectsFile: string
  readonly log: (line: string) => void
  /** Told of its id before it does anything. */
  readonly started?: (pid: number) => void
}

const stopTimeoutMs = 3000

/** Rejects with a Failure when the effects file cannot be written or the process does not come up. */
export const startFaultProxy = async ({ seed, effectsFile, log, started }: FaultProxyOptions): Promise<FaultProxy> => {
  const main = programFile('chaos/proxy/main.ts')
  const args = ['--disable-warning=ExperimentalWarning', main, '--seed', String(seed), '--effects', effectsFile]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const conversation = new Conversation(child, log)
  const { exited } = conversation
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
    await exited
    clearTimeout(timer)
  }
  try {
    started?.(child.pid ?? 0)
    await conversation.ready
  } catch (error) {
    await stop()
    throw new Failure('crashed', `expected the fault proxy to start, got ${Object(error).message}`, startHint)
  }
  return {
    pid: child.pid ?? 0,
    peerHost: '127.0.0.1',
    exited,
    open: (link) => conversation.ask({ kind: 'open', link }),
    inject: (injection) => conversation.ask({ kind: 'inject', injection }),
    restore: (id) => conversation.ask({ kind: 'restore', id }),
    counts: () => conversation.ask({ kind: 'counts' }),
    stop,
  }
}

const startHint = 'look at the lines above; the folder of the run must be writable'
