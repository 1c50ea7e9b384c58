import { type Clock, systemClock } from '../clock.ts'
import { type ConfigurationChoice, configurationOf } from './configuration.ts'
import type { Connection } from './connection.ts'
import { KubeConnection } from './kube-connection.ts'

/** Which cluster, by whose credentials, and by which time. */
export interface ConnectOptions extends ConfigurationChoice {
  readonly clock?: Clock
}

/** A connection by a kubeconfig. Throws a `no-configuration` ChaosMeshError without a usable one; sends nothing yet. */
export const openConnection = ({ clock = systemClock, ...choice }: ConnectOptions = {}): Connection =>
  new KubeConnection(configurationOf(choice), clock)
