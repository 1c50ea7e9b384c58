import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { builtFile, homeFolder, isClone } from '../home/home.ts'
import { joinParts } from './join-parts.ts'

/** What the package holds in place of the journeys. */
export const builtScript = 'script.js'

/** The journeys as one script for k6, with nothing of npm in it. What they import dynamically runs when it is asked for. */
export const bundleScript = (): Promise<string> =>
  isClone ? bundleJourneys() : readFile(builtFile(builtScript), 'utf8')

const bundleJourneys = async (): Promise<string> => {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join(homeFolder, 'journeys/main.ts')],
    bundle: true,
    splitting: true,
    outdir: homeFolder,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    external: ['k6', 'k6/*'],
    legalComments: 'none',
    absWorkingDir: homeFolder,
  })
  return joinParts(outputFiles.map(({ path, text }) => ({ name: basename(path), text })))
}
