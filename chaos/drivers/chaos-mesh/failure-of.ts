import { ChaosMeshError, type ChaosMeshErrorKind } from '../../../chaos-mesh/chaos-mesh-error.ts'
import { Failure, type FailureKind } from '../../../model/failure.ts'

/** What somebody has to mend beforehand, and how it ends the command. */
const kinds: Readonly<Record<ChaosMeshErrorKind, FailureKind>> = {
  'invalid-manifest': 'usage',
  refused: 'refused',
  'webhook-failed': 'usage',
  unauthorized: 'usage',
  forbidden: 'refused',
  'not-installed': 'usage',
  'not-found': 'usage',
  conflict: 'refused',
  'too-busy': 'usage',
  unreachable: 'usage',
  'no-configuration': 'usage',
  unsafe: 'refused',
}

/** What the command line tells in place of an error of the cluster; other errors stay as they are. */
const failureOf = (error: unknown): unknown =>
  error instanceof ChaosMeshError ? new Failure(kinds[error.kind], error.message, error.hint) : error

/** Does work whose ChaosMeshErrors become Failures. */
export const orFailure = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw failureOf(error)
  }
}
