import type { Target } from '../model/target.ts'
import { type EmbeddedTarget, isEmbedded } from './read-target.ts'

/** What makes faults real on a target; undefined where nothing can. */
export const driverNameOf = (target: Target | EmbeddedTarget): 'twin' | 'chaos-mesh' | undefined => {
  if (isEmbedded(target)) return 'twin'
  return (target as Target).chaosMesh ? 'chaos-mesh' : undefined
}
