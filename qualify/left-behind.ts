import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { journalsIn, readJournal } from '../chaos/restoring/journal.ts'
import { openState } from '../chaos/restoring/open-state.ts'

/** What a run has left in its working directory, on the machine and in its journal. */
export interface LeftBehind {
  /** Processes that work in the folder or below it. */
  readonly processes: readonly number[]
  /** On which a socket of its own still listens. */
  readonly ports: readonly number[]
  /** Faults that its journals call open. */
  readonly faults: number
  /** Databases of the embedded target. */
  readonly folders: readonly string[]
}

/** Counts by the machine itself (processes by their folder, ports by the kernel's table), not by what collaudo says. */
export const leftBehind = (dir: string, sockets: readonly string[]): LeftBehind => {
  const journals = journalsIn(join(dir, 'runs')).map((path) => openState(readJournal(path)))
  return {
    processes: processesIn(dir),
    ports: listening()
      .filter(({ socket }) => sockets.includes(socket))
      .map(({ port }) => port),
    faults: journals.reduce((sum, { injections }) => sum + injections.length, 0),
    folders: journals.flatMap(({ folders }) => folders).filter((folder) => existsSync(join(dir, folder))),
  }
}

export const isNothing = ({ processes, ports, faults, folders }: LeftBehind): boolean =>
  processes.length + ports.length + faults + folders.length === 0

/** Processes that work in a folder or below it; remains that nobody has buried do not count. */
export const processesIn = (dir: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => worksIn(pid, dir))

const worksIn = (pid: number, dir: string): boolean => {
  try {
    const isDead = readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ')
    return !isDead && readlinkSync(`/proc/${pid}/cwd`).startsWith(dir)
  } catch {
    return false
  }
}

/** Sockets on which processes of a folder listen. Once they are gone another program may have their ports. */
export const listeningIn = (dir: string): readonly string[] => {
  const own = new Set(processesIn(dir).flatMap(socketsOf))
  return listening().flatMap(({ socket }) => (own.has(socket) ? [socket] : []))
}

/** Of all that listens (state 0A in the kernel's table): the number of the socket, and its port. */
const listening = (): readonly { readonly socket: string; readonly port: number }[] =>
  readFileSync('/proc/net/tcp', 'latin1')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A')
    .map((fields) => ({ socket: fields[9] ?? '', port: Number.parseInt(fields[1]?.split(':')[1] ?? '0', 16) }))

const socketsOf = (pid: number): readonly string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap(
      (fd) => /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1] ?? [],
    )
  } catch {
    return []
  }
}

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
