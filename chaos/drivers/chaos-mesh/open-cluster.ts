import { type ConfigurationChoice, lastingChoice } from '../../../chaos-mesh/api/configuration.ts'
import type { Connection } from '../../../chaos-mesh/api/connection.ts'
import { openConnection } from '../../../chaos-mesh/api/open-connection.ts'
import { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
import { type Clock, systemClock } from '../../../chaos-mesh/clock.ts'
import type { ChaosMeshTarget } from '../../../model/chaos-mesh-target.ts'
import type { Experiment } from '../../../model/experiment.ts'
import { Failure } from '../../../model/failure.ts'
import { probe } from '../links/probe.ts'
import { Cluster } from './cluster.ts'
import type { ClusterContext } from './context.ts'
import { orFailure } from './failure-of.ts'
import { type HeldLeases, holdLeases } from './held-leases.ts'
import { namespacesOf } from './place.ts'
import { type Planned, planOf } from './planned.ts'
import { preflight } from './preflight.ts'

/** A cluster on which an experiment can be conducted. */
export interface OpenCluster {
  readonly context: ClusterContext
  readonly planned: readonly Planned[]
  /** What will be hit, a line each. */
  readonly lines: readonly string[]
  /** Keeps every other run away from its namespaces until it is closed. */
  hold(): Promise<void>
  /** Why that is so no more, in words: another run may break the same pods. Undefined while it is. */
  lost(): string | undefined
  /** Gives back what was held. */
  close(): Promise<void>
}

export interface ClusterRequest {
  readonly run: string
  readonly experiment: Experiment
  readonly target: ChaosMeshTarget
  /** Absent: by the kubeconfig of the target. */
  readonly connection?: Connection
  readonly clock?: Clock
}

/**
 * Looks whether an experiment can be conducted on a cluster, and changes nothing there. Throws a Failure with everything that is in its way: `cannot`
 * for faults that Chaos Mesh cannot make honestly, `usage` and `refused` as `preflight` says.
 */
export const openCluster = async (request: ClusterRequest): Promise<OpenCluster> => {
  const { run, experiment, target, clock = systemClock } = request
  return orFailure(async () => {
    const { planned, problems } = planOf(experiment, { run, target })
    if (problems.length > 0) throw notPossible(experiment, problems)
    // Whoever undoes it may have another folder, another environment, and another current context.
    const reached = request.connection ? target : { ...target, ...lastingTarget(target) }
    const connection = request.connection ?? openConnection({ ...choiceOf(reached), clock })
    const client = new ChaosMeshClient(connection, clock)
    const leased = [...new Set([target.namespace, ...planned.flatMap(({ place }) => namespacesOf(place))])].toSorted()
    const context = { run, target: reached, leased, client, cluster: new Cluster(connection), clock, ask: probe }
    try {
      const hits = await preflight({ ...context, planned })
      for (const { manifest } of planned) await client.dryRun(manifest)
      return { context, planned, lines: [...hits, ...notJudged(experiment)], ...held(context, leased) }
    } catch (error) {
      client.close()
      throw error
    }
  })
}

type Chosen = Pick<ChaosMeshTarget, 'kubeconfig' | 'context'>

const choiceOf = ({ kubeconfig, context }: Chosen): ConfigurationChoice => ({
  ...(kubeconfig !== undefined && { file: kubeconfig }),
  ...(context !== undefined && { context }),
})

const lastingTarget = (target: Chosen): Chosen => {
  const { file, context } = lastingChoice(choiceOf(target))
  return { ...(file !== undefined && { kubeconfig: file }), ...(context !== undefined && { context }) }
}

const held = (context: ClusterContext, namespaces: readonly string[]): Pick<OpenCluster, 'hold' | 'lost' | 'close'> => {
  let leases: HeldLeases | undefined
  return {
    hold: () =>
      orFailure(async () => {
        leases = await holdLeases(namespaces, context)
      }),
    lost: () => leases?.lost(),
    async close() {
      await leases?.release()
      context.client.close()
    },
  }
}

/** Its verdict is inconclusive then, and so is that of the run. */
const notJudged = ({ gates }: Experiment): readonly string[] =>
  gates
    .filter(({ kind }) => kind === 'amplification')
    .map(({ name }) => `the gate ${name} cannot be judged: nobody counts calls between pods`)

const notPossible = ({ name }: Experiment, problems: readonly string[]): Failure =>
  new Failure(
    'cannot',
    problems.map((problem) => `Chaos Mesh cannot do ${name}: ${problem}`).join('\n'),
    'it counts as not covered; where something is missing, add it to chaosMesh in the YAML file of the target',
  )
