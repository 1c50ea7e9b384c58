import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What collaudo starts as a process of its own. */
export const programs = [
  'cli/main.ts',
  'twin/main.ts',
  'twin/balancer/main.ts',
  'chaos/proxy/main.ts',
  'chaos/restoring/watchdog-main.ts',
] as const
export type Program = (typeof programs)[number]

/** A clone runs its sources as they are; the package has what was built of them, and no sources. */
export const isClone = import.meta.url.endsWith('.ts')

/** The folder of the clone or of the installed package, with the same data at the same places. All that is built lies one folder below it, as this file. */
export const homeFolder = fileURLToPath(new URL('..', import.meta.url))

/** The name of what is built of a program, without its ending. */
export const builtName = (program: Program): string => program.replaceAll('/', '-').replace(/\.ts$/, '')

/** What was built for the package. */
export const builtFile = (name: string): string => join(homeFolder, 'dist', name)

/** The file to start a program from. */
export const programFile = (program: Program): string =>
  isClone ? join(homeFolder, program) : builtFile(`${builtName(program)}.js`)
