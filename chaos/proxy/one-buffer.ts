import { connect, Socket, type SocketConstructorOpts } from 'node:net'

/** Returns whether the chunk is still in use when it returns; the next one is then read into another buffer. */
export type OnBytes = (chunk: Buffer) => boolean

const bufferBytes = 64 * 1024

/** Reads into one buffer over and over, which costs half of what a new one for each read costs. */
const oneBuffer = (onBytes: OnBytes) => {
  let buffer = Buffer.allocUnsafeSlow(bufferBytes)
  const callback = (bytes: number): boolean => {
    if (onBytes(buffer.subarray(0, bytes))) buffer = Buffer.allocUnsafeSlow(bufferBytes)
    return true
  }
  return { buffer: () => buffer, callback }
}

/** A connection that reads so; it has no `data` events. */
export const connected = (to: { readonly host: string; readonly port: number }, onBytes: OnBytes): Socket =>
  connect({ ...to, allowHalfOpen: true, noDelay: true, onread: oneBuffer(onBytes) })

/**
 * The same of a connection that a server got and has not read from. A server cannot be told to make such sockets, so this takes
 * the handle over by names that Node's types leave out; on a Node that has them no more, bytes come as `data` events.
 */
export const accepted = (raw: Socket, onBytes: OnBytes): Socket => {
  const handle: unknown = Reflect.get(raw, '_handle')
  if (typeof handle !== 'object' || handle === null) {
    return raw.on('data', (chunk: Buffer) => onBytes(chunk)).pause()
  }
  Reflect.set(raw, '_handle', null)
  raw.destroy()
  const options = { handle, pauseOnCreate: true, allowHalfOpen: true, onread: oneBuffer(onBytes) }
  return new Socket(options as SocketConstructorOpts)
}
