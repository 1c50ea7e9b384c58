import { connect, type Socket } from 'node:net'

const bufferBytes = 64 * 1024

/**
 * A connection that reads into one buffer over and over, which costs half of what a new one for each read costs.
 * `onBytes` returns whether the chunk is still in use when it returns; the next one is then read into another buffer.
 */
export const upstreamSocket = (
  to: { readonly host: string; readonly port: number },
  onBytes: (chunk: Buffer) => boolean,
): Socket => {
  let buffer = Buffer.allocUnsafeSlow(bufferBytes)
  const callback = (bytes: number): boolean => {
    if (onBytes(buffer.subarray(0, bytes))) buffer = Buffer.allocUnsafeSlow(bufferBytes)
    return true
  }
  return connect({ ...to, allowHalfOpen: true, noDelay: true, onread: { buffer: () => buffer, callback } })
}
