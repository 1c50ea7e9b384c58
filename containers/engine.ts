import { access, constants } from 'node:fs/promises'
import type { ContainerRuntimeClient } from 'testcontainers'
import { Failure } from '../model/failure.ts'

/** A container engine that speaks Docker's API. */
export type Engine = ContainerRuntimeClient

/**
 * Finds it where it is said to be (as in `DOCKER_HOST`, by default there), or at the usual sockets, those of a rootless engine too.
 * Throws a usage Failure when there is none, none that lets us in, or one on another machine.
 */
export const findEngine = async (host = process.env['DOCKER_HOST']): Promise<Engine> => {
  if (host !== undefined) mustBeHere(host)
  if (host !== undefined) process.env['DOCKER_HOST'] = host
  // All ports are bound on loopback; the library would look for a gateway, and pull an image to find it.
  process.env['TESTCONTAINERS_HOST_OVERRIDE'] = '127.0.0.1'
  const { getContainerRuntimeClient } = await import('testcontainers')
  const engine = await getContainerRuntimeClient().catch(() => undefined)
  if (engine && isAt(engine, host)) return engine
  throw await whyNot(host)
}

/** The library goes on to the usual socket where the engine that was named does not answer. */
const isAt = ({ container }: Engine, host: string | undefined): boolean => {
  if (host === undefined) return true
  const { socketPath, host: name } = Object(container.dockerode.modem)
  return host === `unix://${socketPath}` || (URL.canParse(host) && new URL(host).hostname === name)
}

/** Where it answers, as in `DOCKER_HOST`. */
export const hostOf = ({ container }: Engine): string => {
  const { socketPath, host, port } = Object(container.dockerode.modem)
  return socketPath === undefined ? `tcp://${host}:${port}` : `unix://${socketPath}`
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

/** Ports are bound on its loopback, and folders of this machine are mounted. */
const mustBeHere = (host: string): void => {
  if (host.startsWith('unix://')) return
  if (URL.canParse(host) && loopback.includes(new URL(host).hostname)) return
  throw new Failure(
    'usage',
    `expected a Docker engine of this machine, got DOCKER_HOST=${host}`,
    'run collaudo where that engine is, or unset DOCKER_HOST',
  )
}

const usualSocket = '/var/run/docker.sock'

const whyNot = async (host: string | undefined): Promise<Failure> => {
  const socket = host?.startsWith('unix://')
    ? host.slice('unix://'.length)
    : host === undefined
      ? usualSocket
      : undefined
  const expected = 'expected a Docker engine'
  if (socket === undefined) {
    return new Failure('usage', `${expected} at DOCKER_HOST=${host}, got no answer`, 'start it, or unset DOCKER_HOST')
  }
  const code = await access(socket, constants.R_OK | constants.W_OK).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code,
  )
  if (code === 'EACCES' || code === 'EPERM') {
    const hint = 'add yourself to the group of that file (usually docker) and log in again'
    return new Failure('usage', `${expected} that you may use, got no permission for ${socket}`, hint)
  }
  const found = code === undefined ? `no answer on ${socket}` : `no ${socket}`
  return new Failure('usage', `${expected}, got ${found}`, 'start Docker, or choose the target embedded')
}
