import { type ConnectOptions, openConnection } from './api/open-connection.ts'
import { ChaosMeshClient } from './client.ts'

/** A client by a kubeconfig. Throws a `no-configuration` ChaosMeshError without a usable one; sends nothing yet. */
export const connect = (options: ConnectOptions = {}): ChaosMeshClient =>
  new ChaosMeshClient(openConnection(options), options.clock)
