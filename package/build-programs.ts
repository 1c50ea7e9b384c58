import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { builtPrograms, bundle } from '../containers/bundle.ts'
import { builtFile, builtName, homeFolder, programs } from '../home/home.ts'
import { builtScript, bundleScript } from '../planner/bundle-script.ts'
import { dependencies } from './manifest.ts'
import { namedImports } from './named-imports.ts'

/** Native parts that their packages do without, and what only a clone needs. */
const leftOut = ['*.node', 'cpu-features', 'esbuild']

/** What packages in the older form find in every file of theirs. */
export const olderForm = `import { createRequire as requireOf } from 'node:module'
import { fileURLToPath as pathOf } from 'node:url'
const require = requireOf(import.meta.url), __filename = pathOf(import.meta.url), __dirname = pathOf(new URL('.', import.meta.url))`

/**
 * Builds what the package runs: the programs, which share what they have in common, the script of k6, and what goes into containers.
 * Resolves to the folders under node_modules of which something was taken.
 */
export const buildPrograms = async (): Promise<readonly string[]> => {
  const { metafile } = await build({
    entryPoints: [
      { in: join(homeFolder, 'api/index.ts'), out: 'index' },
      ...programs.map((program) => ({ in: join(homeFolder, program), out: builtName(program) })),
    ],
    outdir: builtFile(''),
    // All in one folder: what asks where it lies finds the same home in each of them.
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node22.18',
    external: [...dependencies, ...leftOut],
    plugins: [namedImports([...dependencies, ...leftOut])],
    banner: { js: olderForm },
    minifySyntax: true,
    legalComments: 'none',
    metafile: true,
    absWorkingDir: homeFolder,
    logLevel: 'error',
  })
  await writeFile(builtFile(builtScript), await bundleScript())
  await mkdir(builtFile(builtPrograms), { recursive: true })
  for (const [name, contents] of (await bundle()).files) await writeFile(join(builtFile(builtPrograms), name), contents)
  const taken = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  )
  // What goes into containers holds the same packages, and those as well that the rest has as dependencies.
  const others = dependencies.map((name) => join('node_modules', name))
  return [...new Set([...taken.flatMap((file) => packageFolderOf(file) ?? []), ...others])].toSorted()
}

/** `node_modules/a/node_modules/@b/c` of a file in it; undefined for one of ours. */
export const packageFolderOf = (file: string): string | undefined =>
  /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0]
