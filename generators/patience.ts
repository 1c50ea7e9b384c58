import { exponentialOf } from './distributions.ts'
import { rowUniform } from './row-uniform.ts'

/** The number of a row's draw for its patience: between think times, which come first, and choices, from 1000 on. */
const patienceDraw = 999

/** How long the caller of a row waits for an operator before giving up: exponential, a function of the row's seed. */
export const patienceMs = (rowSeed: number, meanMs: number): number =>
  meanMs * exponentialOf(rowUniform(rowSeed, patienceDraw))
