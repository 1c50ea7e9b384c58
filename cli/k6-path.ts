import { Failure } from '../model/failure.ts'

/** Where the launcher has put k6. Throws a usage Failure when cli/main.ts was started without it. */
export const k6Path = (env: Readonly<Record<string, string | undefined>>): string => {
  const path = env.COLLAUDO_K6
  if (path) return path
  throw new Failure(
    'usage',
    'expected a k6 in COLLAUDO_K6, got none',
    'start collaudo by its bin, which provides k6: node bin/collaudo.mjs',
  )
}
