import { exponentialOf } from './distributions.ts'
import { rowDraws } from './row-draws.ts'
import { rowUniform } from './row-uniform.ts'

/** How long the caller of a row waits for an operator before giving up: exponential, a function of the row's seed. */
export const patienceMs = (rowSeed: number, meanMs: number): number =>
  meanMs * exponentialOf(rowUniform(rowSeed, rowDraws.patience))
