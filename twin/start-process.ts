import { type ChildProcess, spawn } from 'node:child_process'
import { programFile } from '../home/home.ts'
import { Failure } from '../model/failure.ts'
import { tell } from './tell.ts'

/** A process of the twin to start. */
export interface ProcessOptions {
  /** What messages call it: `recup`, `recup#2`, `identity`. */
  readonly name: string
  /** Its entry file in this folder. */
  readonly program: 'main.ts' | 'balancer/main.ts'
  /** 0: any free port. */
  readonly port: number
  readonly args: readonly string[]
  /** Secrets; never argv, which every user of the machine can read. */
  readonly env: Readonly<Record<string, string>>
  readonly log: (line: string) => void
}

/** A running process of the twin. */
export interface TwinProcess {
  /** Where this machine finds it. */
  readonly origin: string
  /** Where the others of the twin find it. */
  readonly peerOrigin: string
  /** 0 where it is not one of this machine's own. */
  readonly pid: number
  /** Its id, where it is one. */
  readonly container?: string
  readonly versions: Readonly<Record<string, string>>
  /** Resolves when the process has ended, however it ended. */
  readonly exited: Promise<string>
  /** Gives it an order; resolves when it has carried it out, rejects with what it says when it cannot. */
  tell(order: object): Promise<void>
  stop(): Promise<void>
}

/** Told of a process at once, before it does anything: what it is, and its id. */
export type Started = (what: string, pid: number) => void

/** Starts a process of the twin and waits until it is healthy. */
export type Launch = (options: ProcessOptions) => Promise<TwinProcess>

const startTimeoutMs = 15_000
const stopTimeoutMs = 3000
const keptErrorLines = 20

/** A small heap is collected often and stays small; it still holds several bodies of the greatest size. */
const nodeOptions = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=128', '--max-semi-space-size=2']

/**
 * Starts a process and waits until it is healthy. Throws a Failure: `usage` when its port is taken, `crashed` when it dies or
 * does not come up. The process ends when this one does, even by SIGKILL, since its IPC channel breaks.
 */
export const startProcess = async (options: ProcessOptions, started: Started = () => {}): Promise<TwinProcess> => {
  const { name, program, port, args, env } = options
  const main = programFile(`twin/${program}`)
  const child = spawn(process.execPath, [...nodeOptions, main, ...args, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...env },
  })
  const errorLines = collectLines(child, options.log)
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  const stop = () => stopChild(child, exited)
  try {
    started(name, child.pid ?? 0)
    const origin = `http://127.0.0.1:${await listening(child, exited, { ...options, errorLines })}`
    const versions = await health(origin)
    return {
      origin,
      peerOrigin: origin,
      pid: child.pid ?? 0,
      versions,
      exited,
      tell: (order) => tell(child, order),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

const collectLines = (child: ChildProcess, log: (line: string) => void): readonly string[] => {
  const lines: string[] = []
  let rest = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) log(line)
    lines.push(...parts)
    lines.splice(0, lines.length - keptErrorLines)
  })
  return lines
}

type Starting = ProcessOptions & { readonly errorLines: readonly string[] }

const listening = async (
  child: ChildProcess,
  exited: Promise<string>,
  { name, port, errorLines }: Starting,
): Promise<number> => {
  const hint = 'look at the lines above; the data folder must be writable and the Node version at least 24'
  const failure = (what: string) =>
    new Failure('crashed', [`expected ${name} to start, got ${what}`, ...errorLines].join('\n'), hint)
  let timer: NodeJS.Timeout | undefined
  try {
    const message = await Promise.race([
      new Promise<unknown>((resolve) => child.once('message', resolve)),
      exited.then((how) => Promise.reject(failure(how))),
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(failure(`nothing within ${startTimeoutMs} ms`)), startTimeoutMs)
      }),
    ])
    const { port: bound, code } = Object(message)
    if (typeof bound === 'number') return bound
    throw new Failure(
      'usage',
      `expected port ${port} free for ${name}, got ${code}`,
      `stop what listens on port ${port}, or choose another port`,
    )
  } finally {
    clearTimeout(timer)
  }
}

/** What it says of itself. */
export const health = async (origin: string): Promise<Readonly<Record<string, string>>> => {
  const response = await fetch(`${origin}/health`, { signal: AbortSignal.timeout(startTimeoutMs) })
  const { versions } = Object(await response.json())
  return versions
}

const stopChild = async (child: ChildProcess, exited: Promise<string>): Promise<void> => {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await exited
  clearTimeout(timer)
}
