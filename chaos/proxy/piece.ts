/** What travels in a lane: bytes, or a sign of the connection. `open` goes upstream before all else. */
export type Piece = Buffer | 'open' | 'end' | 'reset'

export const bytesOf = (piece: Piece): number => (typeof piece === 'string' ? 0 : piece.length)
