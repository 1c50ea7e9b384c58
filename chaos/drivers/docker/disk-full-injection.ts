import type { Engine } from '../../../containers/engine.ts'
import type { Injection } from '../../driver.ts'
import { backAgain } from '../answers.ts'
import type { ContainerHandle } from './container-handle.ts'
import { refusalOf, runInStore } from './store-probe.ts'

const filler = '/data/.filler'

/** Large pieces first; the last ones are as small as the least that the kernel gives. */
const fill = `
const { openSync, writeSync } = require('node:fs')
const file = openSync('${filler}', 'a')
for (const size of [1 << 20, 1 << 12]) {
  const piece = Buffer.alloc(size)
  try { for (;;) if (writeSync(file, piece) < size) break } catch (error) { if (error.code !== 'ENOSPC') throw error }
}`

const empty = `require('node:fs').rmSync('${filler}', { force: true })`

/** What its store is on has no room any more: it is filled with a file. */
export const injectDiskFull = async (
  engine: Engine,
  systems: ContainerHandle,
  component: string,
): Promise<Injection> => {
  const emptied = () => runInStore(engine, systems, { component, program: empty })
  await runInStore(engine, systems, { component, program: fill }).catch(async (error: unknown) => {
    await emptied().catch(() => {})
    throw error
  })
  return {
    injectedUnixMs: Date.now(),
    ...refusalOf(engine, systems, { component, code: 'ENOSPC' }),
    async restore() {
      // Only a container that is up can do it.
      await backAgain(systems, component.replace('.store', ''))
      await emptied()
      return Date.now()
    },
  }
}
