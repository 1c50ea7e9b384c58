import type { Reachable } from '../answers.ts'

/** What the driver needs of systems that run in containers. */
export interface ContainerHandle extends Reachable {
  /** Ids of the containers of a system or of a replica that are up now. */
  containersOf(component: string): readonly string[]
}
