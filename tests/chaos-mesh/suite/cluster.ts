import type { Connection } from '../../../chaos-mesh/api/connection.ts'
import type { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
import type { Clock } from '../../../chaos-mesh/clock.ts'
import type { Misbehaviour } from '../fake-api/replay.ts'

/** Who asks: with all rights, with none, and with credentials that have expired. */
export type Who = 'admin' | 'nobody' | 'expired'

/** What a test does to an API server. */
export interface TestServer {
  /** Breaks every connection off and answers no more; its objects live on. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Ends every watch. */
  endWatches(): Promise<void>
  /** Ends every watch, and tells the next one that what it asks for is too old. */
  forget(): Promise<void>
  /** Makes what is asked for next, and does not say so. */
  loseAnswer(): void
  /** Sockets of the client: open now, and ever. */
  sockets(): { readonly open: number; readonly accepted: number }
  /** What the controller does wrong from now on. */
  misbehave(how: Misbehaviour): void
  /** What is made under this name lives as another was recorded. */
  play(name: string, recording: string): void
  /** Names of all experiments that are there. */
  names(): Promise<readonly string[]>
}

/** An API server on which experiments live as they were recorded, and a client of it. Every test has one of its own. */
export interface Cluster extends AsyncDisposable {
  readonly client: ChaosMeshClient
  readonly clock: Clock & {
    /** Lets time pass until a piece of work is done. */
    during<T>(work: Promise<T>): Promise<T>
  }
  readonly server: TestServer
  /** A client of somebody else; closed with the cluster. */
  clientOf(who: Who): ChaosMeshClient
  /** The same without a client. */
  connectionOf(who: Who): Connection
  /** A kubeconfig, as an object that is JSON and so YAML. */
  configOf(who: Who): object
}

/** `speed`: how many times faster than real its clock goes, where that is not virtual. */
export type StartCluster = (options?: { readonly speed?: number }) => Promise<Cluster>
