import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { joinParts } from './join-parts.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The journeys as one script for k6, with nothing of npm in it. What they import dynamically runs when it is asked for. */
export const bundleScript = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../journeys/main.ts', import.meta.url))],
    bundle: true,
    splitting: true,
    outdir: root,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    external: ['k6', 'k6/*'],
    legalComments: 'none',
    absWorkingDir: root,
  })
  return joinParts(outputFiles.map(({ path, text }) => ({ name: basename(path), text })))
}
