import type { Standing } from '../model/component.ts'
import type { Defect } from '../model/defect.ts'
import type { SystemName } from '../model/system.ts'
import type { Workers } from '../model/workers.ts'
import type { Launch } from './start-process.ts'

export interface TwinOptions {
  /** Systems to start; all when absent. `recup` needs `prescriptions`. */
  readonly systems?: readonly SystemName[]
  readonly defects: readonly Defect[]
  /** Folder of the databases; made when it is not there. What an earlier twin left in it is served again. */
  readonly dataDir: string
  /** What has none gets a free port. */
  readonly ports?: Readonly<Partial<Record<Standing, number>>>
  /** What clients get their tokens with. */
  readonly credentials: { readonly clientId: string; readonly clientSecret: string }
  /** Fixes which operations the defects spoil. */
  readonly seed?: number
  /** How long tokens are good; five minutes when absent. */
  readonly tokenLifetimeS?: number
  /** Gets the lines that the processes write to stderr. */
  readonly log?: (line: string) => void
  /**
   * Asked once for every way into a system (`clients→recup`, `recup→identity`; `recup#2` from the balancer to a replica) with the origin where it leads; whoever goes
   * that way is told the origin it gives instead. A proxy stands there, or the way itself when absent.
   */
  readonly via?: (way: string, origin: string) => Promise<string>
  /** Certificates (PEM) that the processes trust beside the usual ones, for ways that are https. */
  readonly caFile?: string
  /** A process that dies without `stop` is started again after this time, as by an orchestrator; never when absent. */
  readonly restartAfterMs?: number
  /** How its processes are started; as children of this one when absent. */
  readonly launch?: Launch
  /** How much each process of a system can do; as much as the machine when absent. */
  readonly workers?: Readonly<Partial<Record<SystemName, Workers>>> | undefined
  /** Processes of a FHIR system, on one database, behind a balancer; one without a balancer when absent. */
  readonly replicas?: Readonly<Partial<Record<SystemName, number>>>
}
