import { Failure } from '../model/failure.ts'

/** What an engine is asked for, in words: `make a network`. What it refuses is a usage Failure with its own reason. */
export const asked = async <T>(what: string, answer: Promise<T>): Promise<T> => {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Failure) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure(
      'usage',
      `expected the engine to ${what}, got ${reason}`,
      'look at docker system df and docker ps',
    )
  }
}
