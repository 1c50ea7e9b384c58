declare module 'snappyjs' {
  /** The block format, as remote write wants it. */
  export function compress(bytes: Uint8Array): Uint8Array
}
