/** How a command can end badly; each kind has one exit code (docs: exit codes). */
export type FailureKind =
  | 'usage'
  | 'timed-out'
  | 'refused'
  | 'cannot'
  | 'aborted'
  | 'not-restored'
  | 'crashed'
  | 'interrupted'

/** Process exit codes. 5 (restore failed) outranks all others. */
export const exitCodes = {
  pass: 0,
  failed: 1,
  usage: 2,
  invalid: 3,
  refused: 4,
  notRestored: 5,
  crashed: 6,
  interrupted: 130,
} as const

/**
 * An expected failure that a user can mend. Its message says `expected what, where, got which value`,
 * all problems at once; its hint is the one command or edit that mends it. The command line prints both, never a stack.
 */
export class Failure extends Error {
  readonly kind: FailureKind
  readonly hint: string

  constructor(kind: FailureKind, message: string, hint: string) {
    super(message)
    this.name = 'Failure'
    this.kind = kind
    this.hint = hint
  }
}
