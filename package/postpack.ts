import { rmSync } from 'node:fs'
import { builtFile } from '../home/home.ts'
import { restoreManifest } from './manifest.ts'

/** What `npm pack` does last: the clone is as it was. */
restoreManifest()
rmSync(builtFile(''), { recursive: true, force: true })
