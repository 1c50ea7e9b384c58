import type { Target } from '../model/target.ts'
import { type EmbeddedTarget, isContained, isEmbedded } from './read-target.ts'

/** What makes faults real on a target; undefined where nothing can. */
export const driverNameOf = (target: Target | EmbeddedTarget): 'twin' | 'docker' | 'chaos-mesh' | undefined => {
  if (isContained(target)) return 'docker'
  if (isEmbedded(target)) return 'twin'
  return (target as Target).chaosMesh ? 'chaos-mesh' : undefined
}
