import type { Scenario } from '../../model/scenario.ts'
import { scenarios } from '../../scenarios/registry.ts'

/** A scenario of collaudo. */
export const scenarioNamed = (name: string): Scenario => {
  const found = scenarios.find((scenario) => scenario.name === name)
  if (found) return found
  throw new Error(`expected a scenario, got ${name}`)
}
