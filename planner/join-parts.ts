/** A module that esbuild has split off, by the name that others import it by. */
export interface Part {
  readonly name: string
  readonly text: string
}

const packageImport = /^import [^;]* from "[^."][^"]*";\n/gm
const partImport = /^import (?:(\{[^}]*\}) from )?"\.\/([^"]*)";$/gm
const dynamicImport = /\bimport\("\.\/([^"]*)"\)/g
const exported = /^export (\{[^}]*\});$/gm

/**
 * Joins the parts of a script into one module. Each part becomes a function that runs when it is first asked for, and is then
 * replaced by what it exports: until then a part costs an actor no more than that function, and k6 lets nothing be loaded
 * later. What a part exports must not be assigned anew. The part `main.js` is the script.
 */
export const joinParts = (parts: readonly Part[]): string => {
  const imports = new Set(parts.flatMap(({ text }) => text.match(packageImport) ?? []))
  const main = parts.find(({ name }) => name === 'main.js')?.text ?? ''
  const [names = ''] = main.match(exported) ?? []
  return `${[...imports].join('')}
const $take = (part) => {
  if (typeof $parts[part] === "function") $parts[part] = $parts[part]();
  return $parts[part];
};
const $parts = {
${parts.map(asFunction).join('')}};
${names
  .replace('export', 'export const')
  .replace(/\S+ as /g, '')
  .replace(/;$/, '')} = $take("main.js");
`
}

const asFunction = ({ name, text }: Part): string => {
  const body = text
    .replace(packageImport, '')
    .replace(partImport, (_, names: string | undefined, part: string) =>
      names ? `const ${names.replaceAll(' as ', ': ')} = $take("${part}");` : `$take("${part}");`,
    )
    .replace(dynamicImport, 'Promise.resolve().then(() => $$take("$1"))')
    .replace(exported, (_, names: string) => `return ${names.replace(/(\S+) as (\S+?)(,?)$/gm, '$2: $1$3')};`)
  return `"${name}": () => {\n${body}},\n`
}
