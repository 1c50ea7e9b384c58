import { parseComponent } from '../../model/component.ts'
import type { Fault } from '../../model/fault.ts'
import { reachOf } from '../../model/fault-kinds.ts'

/** Why a fault fits none of the components that there are; undefined when it fits. */
export const misfitOf = ({ kind, component }: Fault, components: readonly string[]): string | undefined => {
  if (!components.includes(component)) return `expected a component of ${components.join(', ')}, got ${component}`
  const reach = reachOf(kind)
  if (reach.includes(parseComponent(component)?.kind ?? '')) return undefined
  return `expected ${kind} on a ${reach.join(' or ')}, got ${component}`
}
