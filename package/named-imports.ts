import { isBuiltin } from 'node:module'
import type { Plugin } from 'esbuild'
import { homeFolder } from '../home/home.ts'

const namespace = 'named-imports'

/**
 * What is imported while the program runs keeps its names. A package in the older form gives esbuild nothing but a default there
 *, and Node gives the names that it finds in its source: those are exported one by one.
 */
export const namedImports = (external: readonly string[]): Plugin => ({
  name: namespace,
  setup(build) {
    build.onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && !isBuiltin(path) && !external.includes(path) ? { path, namespace } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace }, async ({ path }) => {
      const names = Object.keys(await import(path)).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name))
      return { contents: `export { ${names.join(', ')} } from ${JSON.stringify(path)}`, resolveDir: homeFolder }
    })
  },
})
