import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The journeys as one script for k6, with nothing of npm in it. */
export const bundleScript = async (): Promise<string> => {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('../journeys/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    external: ['k6', 'k6/*'],
    legalComments: 'none',
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  })
  return result.outputFiles[0]?.text ?? ''
}
