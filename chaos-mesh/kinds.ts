/** API group and version of every object. */
export const apiVersion = 'chaos-mesh.org/v1alpha1'

/**
 * Experiments that this client makes, each with its name in addresses and in a Schedule. HTTPChaos is left out on purpose: pods have lost their
 * network after its recovery, injecting again has hung, and connections that were open go past it.
 */
export const experimentKinds = {
  PodChaos: { plural: 'podchaos', item: 'podChaos' },
  NetworkChaos: { plural: 'networkchaos', item: 'networkChaos' },
  StressChaos: { plural: 'stresschaos', item: 'stressChaos' },
  IOChaos: { plural: 'iochaos', item: 'ioChaos' },
  DNSChaos: { plural: 'dnschaos', item: 'dnsChaos' },
  TimeChaos: { plural: 'timechaos', item: 'timeChaos' },
} as const

/** A kind of experiment. */
export type ExperimentKind = keyof typeof experimentKinds

/** Every kind that this client makes. */
export type Kind = ExperimentKind | 'Schedule'

/** All of them; a Schedule first, since it makes others: who ends all begins with it. */
export const allKinds: readonly Kind[] = [
  'Schedule',
  'PodChaos',
  'NetworkChaos',
  'StressChaos',
  'IOChaos',
  'DNSChaos',
  'TimeChaos',
]

/** The name of a kind in addresses. */
export const pluralOf = (kind: Kind): string => (kind === 'Schedule' ? 'schedules' : experimentKinds[kind].plural)
