import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'

/** What runs in containers, each as one file. */
const programs = {
  'system.mjs': '../twin/main.ts',
  'balancer.mjs': '../twin/balancer/main.ts',
  'fault-proxy.mjs': '../chaos/proxy/main.ts',
} as const

export type Program = keyof typeof programs

export interface Bundle {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Of all of them: equal for the same sources only. */
  readonly fingerprint: string
}

/** Puts each program and all that it imports into one file. */
export const bundle = async (): Promise<Bundle> => {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: Object.entries(programs).map(([name, path]) => ({
      in: fileURLToPath(new URL(path, import.meta.url)),
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
  const files = new Map(outputFiles.map(({ path, contents }) => [path.slice(1), contents]))
  const hash = createHash('sha256')
  for (const [name, contents] of [...files].toSorted()) hash.update(name).update(contents)
  return { files, fingerprint: hash.digest('hex').slice(0, 12) }
}
