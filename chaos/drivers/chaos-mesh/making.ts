import type { Naming } from '../../../chaos-mesh/builders/targeting.ts'
import type { Place } from './place.ts'

/** What a manifest is made of besides its fault. */
export interface Making extends Naming {
  readonly place: Place
  /** After its creation Chaos Mesh ends it by itself. */
  readonly durationMs: number
}
