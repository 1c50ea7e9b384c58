/** One import of a file: what it names, and whether only types cross, or only on demand. */
export type Import = { readonly specifier: string; readonly kind: 'type' | 'static' | 'dynamic' }

/** A comment, a template, or a string kept whole so that what looks like a comment in it stays. */
const apart = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g

/** `import … from '…'`, `export … from '…'` and `import '…'` at the start of a line; group 1: types only. */
const statement = /^(?:import|export)\s+(type\s+)?(?:[\w*{][^'"`=()]*?\bfrom\s*|)['"]([^'"]+)['"]/gm

const call = /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g

/** The imports of a source text in the project's style; a computed specifier is not seen. */
export function importsOf(source: string): readonly Import[] {
  const code = source.replace(apart, (match) => (/^[/`]/.test(match) ? ' ' : match))
  const statements = [...code.matchAll(statement)].map(
    ([, type, specifier = '']): Import => ({ specifier, kind: type === undefined ? 'static' : 'type' }),
  )
  return [
    ...statements,
    ...[...code.matchAll(call)].map(([, specifier = '']): Import => ({ specifier, kind: 'dynamic' })),
  ]
}
