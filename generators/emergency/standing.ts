import type { AccessStatus } from '../fhir/encounter.ts'
import type { Episode } from './episode.ts'
import type { EpisodeEvent } from './episode-event.ts'

/** Where an episode stands when so many of its events are behind it. */
export interface Standing {
  readonly status: AccessStatus
  /** Orders whose results are still to come. */
  readonly openOrders: readonly EpisodeEvent[]
  /** Whether the second stay has begun. */
  readonly isTakenOver: boolean
}

/** `behind`: at least 1, the registration. */
export const standingOf = ({ events }: Pick<Episode, 'events'>, behind: number): Standing => {
  const done = events.slice(0, behind)
  const names = new Set(done.map(({ name }) => name))
  return {
    status: done.reduce<AccessStatus>((status, { kind }) => statusAfter[kind] ?? status, 'arrived'),
    isTakenOver: names.has('take-over'),
    openOrders: done.filter(({ kind, name }) => kind === 'order' && !names.has(name.replace('order', 'result'))),
  }
}

const statusAfter: Readonly<Partial<Record<EpisodeEvent['kind'], AccessStatus>>> = {
  register: 'arrived',
  triage: 'triaged',
  visit: 'in-progress',
  close: 'finished',
}
