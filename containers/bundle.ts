import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { builtFile, homeFolder, isClone } from '../home/home.ts'

/** What runs in containers, each as one file. */
const programs = {
  'system.mjs': 'twin/main.ts',
  'balancer.mjs': 'twin/balancer/main.ts',
  'fault-proxy.mjs': 'chaos/proxy/main.ts',
} as const

export type Program = keyof typeof programs

/** Where the package holds them. */
export const builtPrograms = 'containers'

export interface Bundle {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Of all of them: equal for the same sources only. */
  readonly fingerprint: string
}

/** Each program and all that it imports in one file. */
export const bundle = async (): Promise<Bundle> => {
  const files = isClone ? await bundled() : await built()
  const hash = createHash('sha256')
  for (const [name, contents] of [...files].toSorted()) hash.update(name).update(contents)
  return { files, fingerprint: hash.digest('hex').slice(0, 12) }
}

const built = async (): Promise<Bundle['files']> => {
  const folder = builtFile(builtPrograms)
  const names = await readdir(folder)
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)))
}

const bundled = async (): Promise<Bundle['files']> => {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: Object.entries(programs).map(([name, path]) => ({
      in: join(homeFolder, path),
      out: name.replace('.mjs', ''),
    })),
    outdir: '/',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Packages in the older form ask for Node's own modules by `require`.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    write: false,
  })
  return new Map(outputFiles.map(({ path, contents }) => [path.slice(1), contents]))
}
