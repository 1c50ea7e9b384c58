import type { Pod } from '../cluster-objects.ts'

/** Pods of which some or all are hit at the same time. */
export interface Strike {
  readonly pods: readonly Pod[]
  readonly chosen: number
}

/** How many are hit by all of them at most: faults of one experiment may be there at the same time; a pod that two of them hit is one. */
export const struckBy = (strikes: readonly Strike[]): number => {
  const whole = strikes.filter(({ pods, chosen }) => chosen === pods.length)
  const certain = new Set(whole.flatMap(({ pods }) => pods.map(({ metadata }) => metadata.uid)))
  const some = strikes.filter((strike) => !whole.includes(strike)).reduce((sum, { chosen }) => sum + chosen, 0)
  return certain.size + some
}
