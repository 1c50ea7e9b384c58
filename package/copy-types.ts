import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { builtFile, homeFolder } from '../home/home.ts'

/** Where `tsc -b` puts declarations: a folder for each of ours, side by side as they lie in the clone. */
const declared = join(homeFolder, 'node_modules', '.cache', 'types')

/** Copies the declarations that a file's declaration leads to, all of them below `dist/types`. */
export const copyTypes = async (entry: string): Promise<void> => {
  const seen = new Set<string>()
  const left = [entry]
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    left.push(...(await copied(file)))
  }
}

/** The sources that it imports. */
const copied = async (file: string): Promise<readonly string[]> => {
  const name = file.replace(/\.ts$/, '.d.ts')
  const to = builtFile(join('types', name))
  await mkdir(dirname(to), { recursive: true })
  if (file.endsWith('.json')) {
    await cp(join(homeFolder, file), builtFile(join('types', file)))
    return []
  }
  const text = await readFile(join(declared, name), 'utf8')
  // Who uses the package has declarations and no sources: `./x.js` leads to `./x.d.ts` under any settings.
  await writeFile(to, text.replaceAll(/(['"]\.{1,2}\/[^'"]+)\.ts(['"])/g, '$1.js$2'))
  return [...text.matchAll(/['"](\.{1,2}\/[^'"]+\.(?:ts|json))['"]/g)].map(([, specifier = '']) =>
    posix.join(posix.dirname(file), specifier),
  )
}
