import type { Engine } from '../../../containers/engine.ts'
import { runInside } from '../../../containers/run-inside.ts'
import type { Injection, Proof } from '../../driver.ts'
import { answers } from '../answers.ts'
import type { ContainerHandle } from './container-handle.ts'
import { mustBeUp } from './each-container.ts'

const program = `
const { rmSync, writeFileSync } = require('node:fs')
try { writeFileSync('/data/.probe', Buffer.alloc(1 << 16)) } catch (error) { console.log(error.code) }
rmSync('/data/.probe', { force: true })`

/** Runs a program where a store is; resolves to what it said, rejects when it fails. */
export const runInStore = async (
  engine: Engine,
  systems: ContainerHandle,
  { component, program }: { readonly component: string; readonly program: string },
): Promise<string> => {
  const system = component.replace('.store', '')
  // All replicas of a system have one store.
  const [id = ''] = mustBeUp(systems.containersOf(system), system)
  const { exitCode, output } = await runInside(engine, id, program)
  if (exitCode !== 0) throw new Error(`expected a program to run in ${component}, got ${output}`)
  return output
}

/** Measures whether a store refuses a write with the given code, and whether it takes one and its system answers. */
export const refusalOf = (
  engine: Engine,
  systems: ContainerHandle,
  { component, code }: { readonly component: string; readonly code: string },
): Pick<Injection, 'prove' | 'proveGone'> => {
  const looked = async (wanted: string): Promise<Proof> => {
    const said = await runInStore(engine, systems, { component, program })
    return { holds: said === wanted, sentence: `${component}: a write ${said === '' ? 'succeeds' : `fails: ${said}`}` }
  }
  return {
    prove: () => looked(code),
    async proveGone() {
      const [free, well] = await Promise.all([looked(''), answers(systems, component.replace('.store', ''))])
      return { holds: free.holds && well.holds, sentence: `${free.sentence}; ${well.sentence}` }
    },
  }
}
