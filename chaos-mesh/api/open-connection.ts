import { KubeConfig } from '@kubernetes/client-node'
import { ChaosMeshError } from '../chaos-mesh-error.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { Connection } from './connection.ts'
import { KubeConnection } from './kube-connection.ts'

/** Which cluster, by whose credentials. */
export interface ConnectOptions {
  /** A kubeconfig file; absent: `KUBECONFIG`, the one in the home folder, or the service account of the pod. */
  readonly file?: string
  /** A context of it; absent: its current one. */
  readonly context?: string
  readonly clock?: Clock
}

/** What client-node takes without any configuration. */
const nowhere = 'http://localhost:8080'

/** A connection by a kubeconfig. Throws a `no-configuration` ChaosMeshError without a usable one; sends nothing yet. */
export const openConnection = ({ file, context, clock = systemClock }: ConnectOptions = {}): Connection =>
  new KubeConnection(configuration(file, context), clock)

const configuration = (file: string | undefined, context: string | undefined): KubeConfig => {
  const config = new KubeConfig()
  try {
    if (file === undefined) config.loadFromDefault()
    else config.loadFromFile(file)
  } catch (error) {
    throw missing(`a kubeconfig${file === undefined ? '' : ` in ${file}`}`, String(error))
  }
  const contexts = config.getContexts().map(({ name }) => name)
  if (context !== undefined) {
    if (!contexts.includes(context)) throw missing(`a context of ${contexts.join(', ')}`, context)
    config.setCurrentContext(context)
  }
  if (file === undefined && config.getCurrentCluster()?.server === nowhere) throw missing('a kubeconfig', 'none')
  return config
}

const missing = (what: string, got: string): ChaosMeshError =>
  new ChaosMeshError('no-configuration', `expected ${what}, got ${got}`, {
    hint: 'set KUBECONFIG, or name a file and a context of it',
  })
