import type { Engine } from '../../../containers/engine.ts'
import { runInside } from '../../../containers/run-inside.ts'
import { parseComponent } from '../../../model/component.ts'
import type { ContainerHandle } from './container-handle.ts'
import { ifUp } from './each-container.ts'

const tryToWrite = (system: string): string => `
const { DatabaseSync } = require('node:sqlite')
const database = new DatabaseSync('/data/${system}.sqlite', { timeout: 200 })
try { database.exec('BEGIN IMMEDIATE; ROLLBACK') } catch { console.log('held') }`

/** Whether some paused replicas keep the others, who share their store, from writing: they were paused in the middle of a commit. */
export const isStoreHeld = async (
  engine: Engine,
  systems: ContainerHandle,
  { component, paused }: { readonly component: string; readonly paused: readonly string[] },
): Promise<boolean> => {
  const parsed = parseComponent(component)
  if (parsed?.kind !== 'replica') return false
  const other = systems.containersOf(parsed.system).find((id) => !paused.includes(id))
  if (other === undefined) return false
  const tried = await ifUp(runInside(engine, other, tryToWrite(parsed.system)))
  return tried?.output === 'held'
}
