import type { SafeExperiment } from '../chaos-mesh/manifest.ts'
import type { ChaosMeshTarget } from '../model/chaos-mesh-target.ts'
import type { Experiment } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import type { Output } from './output.ts'

/** What an experiment would do to a cluster. */
interface Shown {
  readonly experiment: string
  readonly hypothesis: string
  /** What would be hit now; or why it cannot be done. */
  readonly lines: readonly string[]
  readonly manifests: readonly SafeExperiment[]
}

/**
 * Says what experiments would hit on a cluster, and with which manifests: a text that `kubectl apply -f -` takes. The cluster is asked and nothing
 * is changed; throws what conducting them would throw before it begins.
 */
export const dryCluster = async (
  experiments: readonly Experiment[],
  target: ChaosMeshTarget,
  output: Output,
): Promise<void> => {
  const shown: Shown[] = []
  for (const experiment of experiments) shown.push(await show(experiment, target, experiments.length > 1))
  const { toYaml } = await import('../chaos/drivers/chaos-mesh/to-yaml.ts')
  const text = shown.map(({ experiment, hypothesis, lines, manifests }) =>
    [...[`${experiment}: ${hypothesis}`, ...lines].map((line) => `# ${line}`), toYaml(manifests)].join('\n').trimEnd(),
  )
  output.result(text.join('\n---\n'), shown)
}

/** Of several, one that cannot be done is told and passed over. */
const show = async (experiment: Experiment, target: ChaosMeshTarget, isOneOfMany: boolean): Promise<Shown> => {
  const { openCluster } = await import('../chaos/drivers/chaos-mesh/open-cluster.ts')
  const { name, hypothesis } = experiment
  try {
    const cluster = await openCluster({ run: `dry-${name}`, experiment, target })
    await cluster.close()
    const manifests = cluster.planned.map(({ manifest }) => manifest)
    return { experiment: name, hypothesis, lines: cluster.lines, manifests }
  } catch (error) {
    if (!isOneOfMany || !(error instanceof Failure) || error.kind !== 'cannot') throw error
    return { experiment: name, hypothesis, lines: error.message.split('\n'), manifests: [] }
  }
}
