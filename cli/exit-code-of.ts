import { exitCodes, type FailureKind } from '../model/failure.ts'

/** The exit code of each kind of failure; the words are those of the README's table. */
export const codeOf: Readonly<Record<FailureKind, number>> = {
  usage: exitCodes.usage,
  'timed-out': exitCodes.invalid,
  refused: exitCodes.refused,
  cannot: exitCodes.invalid,
  aborted: exitCodes.failed,
  'not-restored': exitCodes.notRestored,
  crashed: exitCodes.crashed,
  interrupted: exitCodes.interrupted,
}
