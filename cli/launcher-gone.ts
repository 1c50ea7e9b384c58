import { fstatSync } from 'node:fs'
import { Socket } from 'node:net'

const variable = 'COLLAUDO_LAUNCHER_FD'

/** Tells when the process that started this one is gone, also when it was killed: a pipe that it holds breaks. */
export const whenLauncherIsGone = (env: NodeJS.ProcessEnv, tell: () => void): void => {
  const fd = Number(env[variable] ?? -1)
  // Whoever is started from here has another one, or none.
  delete env[variable]
  if (!isPipe(fd)) return
  const pipe = new Socket({ fd, readable: true, writable: false })
  pipe.on('error', () => {})
  pipe.once('close', tell)
  pipe.resume()
  pipe.unref()
}

const isPipe = (fd: number): boolean => {
  try {
    return fd > 2 && fstatSync(fd).isSocket()
  } catch {
    return false
  }
}
