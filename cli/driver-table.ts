import { planOf } from '../chaos/drivers/chaos-mesh/planned.ts'
import { chaosMeshTargetSchema } from '../model/chaos-mesh-target.ts'
import { standing } from '../model/component.ts'
import type { Experiment } from '../model/experiment.ts'

/** A cluster of which everything is told that a fault may need. */
const cluster = chaosMeshTargetSchema.parse({
  namespace: 'region',
  clients: { addresses: ['192.0.2.0/24'] },
  components: Object.fromEntries(
    [...standing, 'queue'].flatMap((name) => {
      const pods = { labelSelectors: { app: name } }
      const store = [`${name}.store`, { ...pods, volumePath: '/var/lib/data' }] as const
      return [
        [name, name === 'queue' ? pods : { ...pods, dnsNames: [name] }] as const,
        ...(name === 'queue' ? [] : [store]),
      ]
    }),
  ),
})

/** An experiment down, what makes its faults across: that it runs there, or why it cannot honestly. */
export const driverRows = (experiments: readonly Experiment[]): readonly (readonly string[])[] =>
  experiments.map((experiment) => {
    const { name, cannot } = experiment
    return [
      name,
      inWords(cannot['twin']),
      inWords(cannot['docker']),
      inWords(cannot['chaos-mesh'] ?? reasonOnCluster(experiment)),
    ]
  })

const inWords = (reason: string | undefined): string => (reason === undefined ? 'runs' : `cannot: ${reason}`)

const reasonOnCluster = (experiment: Experiment): string | undefined => {
  const [problem] = planOf(experiment, { run: 'r1', target: cluster }).problems
  return problem?.replace(/^\S+: /, '')
}
