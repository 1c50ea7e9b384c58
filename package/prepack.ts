import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtFile, homeFolder } from '../home/home.ts'
import { buildPrograms } from './build-programs.ts'
import { copyTypes } from './copy-types.ts'
import { putPackedManifest, restoreManifest } from './manifest.ts'
import { sbomOf } from './sbom.ts'
import { noticesOf, thirdPartiesOf } from './third-party.ts'

/** What `npm pack` does first: builds all that the package holds, and puts its manifest in place. `postpack.ts` undoes it. */
restoreManifest()
rmSync(builtFile(''), { recursive: true, force: true })
execFileSync(process.execPath, [join(homeFolder, 'node_modules/typescript/bin/tsc'), '-b'], {
  cwd: homeFolder,
  stdio: 'inherit',
})
const thirdParties = thirdPartiesOf(await buildPrograms())
await copyTypes('api/index.ts')
writeFileSync(builtFile('THIRD-PARTY.txt'), noticesOf(thirdParties))
const manifest = JSON.parse(readFileSync(join(homeFolder, 'package.json'), 'utf8'))
writeFileSync(builtFile('sbom.cdx.json'), `${JSON.stringify(sbomOf(manifest, thirdParties), null, 2)}\n`)
putPackedManifest()
