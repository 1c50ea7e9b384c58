import type { Engine } from '../../../containers/engine.ts'
import { runInside } from '../../../containers/run-inside.ts'
import type { Injection, Proof } from '../../driver.ts'
import { answers } from '../answers.ts'
import type { ContainerHandle } from './container-handle.ts'

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

const tryWrite = `
const { rmSync, writeFileSync } = require('node:fs')
try { writeFileSync('/data/.probe', Buffer.alloc(1 << 16)) } catch (error) { console.log(error.code) }
rmSync('/data/.probe', { force: true })`

/** What its store is on has no room any more: it is filled with a file. */
export const injectDiskFull = async (
  engine: Engine,
  systems: ContainerHandle,
  component: string,
): Promise<Injection> => {
  const system = component.replace('.store', '')
  const inside = async (program: string): Promise<string> => {
    // All replicas of a system have one store.
    const [id] = systems.containersOf(system)
    if (id === undefined) throw new Error(`expected a container of ${system} that is up, got none`)
    const { exitCode, output } = await runInside(engine, id, program)
    if (exitCode !== 0) throw new Error(`expected to fill and to empty ${component}, got ${output}`)
    return output
  }
  const written = async (): Promise<Proof> => {
    const code = await inside(tryWrite)
    return { holds: code !== '', sentence: `${component}: a write ${code === '' ? 'succeeds' : `fails: ${code}`}` }
  }
  await inside(fill)
  return {
    injectedUnixMs: Date.now(),
    prove: written,
    async restore() {
      await inside(empty)
      return Date.now()
    },
    async proveGone() {
      const [still, well] = await Promise.all([written(), answers(systems, system)])
      return { holds: !still.holds && well.holds, sentence: `${still.sentence}; ${well.sentence}` }
    },
  }
}
