import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundle } from './bundle.ts'

/** `node write-bundle.ts FOLDER`: what runs in containers, for a Dockerfile. */
const folder = process.argv[2] ?? 'app'
await mkdir(folder, { recursive: true })
for (const [name, contents] of (await bundle()).files) await writeFile(join(folder, name), contents)
