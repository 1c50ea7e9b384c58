import type { Bundle, FhirResource } from 'fhir/r4.js'
import type { Episode } from '../emergency/episode.ts'
import type { EpisodeEvent } from '../emergency/episode-event.ts'
import type { EpisodeEnding, SecondStay } from '../emergency/second-stay.ts'
import {
  closingReport,
  diagnosis,
  diagnosisId,
  triageObservation,
  vitalSignCount,
  vitalSigns,
} from './emergency-observations.ts'
import { type OrderFacts, orderLineId, orderLines, orderResults } from './emergency-order.ts'
import { type AccessFacts, type AccessStatus, encounterResource, secondEncounterResource } from './encounter.ts'
import { encounterId, secondEncounterId, systems } from './naming.ts'
import { type Entry, type PatchOperation, patchEntry, statusPatch, type ToBase64, transaction } from './transactions.ts'

/** Something that happens to an access, and what is written then. */
export interface EventWrite extends AccessFacts {
  readonly episode: Episode
  readonly event: EpisodeEvent
  /** ISO 8601. */
  readonly at: string
}

/** How many resources of an event carry its identifier; 0 of what ends a stay, which only the encounter shows. */
export const partsOf = ({ kind, services }: EpisodeEvent): number => {
  switch (kind) {
    case 'register':
    case 'triage':
    case 'take-over':
      return 1
    case 'report':
      return 2
    case 'visit':
      return vitalSignCount
    case 'order':
      return services
    case 'result':
      return services + 1
    case 'close':
    case 'leave':
      return 0
  }
}

/**
 * What an event writes, all or nothing. All but the registration look first whether the access stands where the event finds
 * it, so that nothing is written to one that is not there or has gone on. Ids of ours make a repetition harmless.
 */
export const eventTransaction = (write: EventWrite, toBase64: ToBase64): Bundle<FhirResource> => {
  const { event, episode, at } = write
  switch (event.kind) {
    case 'register':
      return transaction(put(encounterResource(write, { status: 'arrived', since: at })))
    case 'triage':
      return transaction(
        encounterPatch(write, [...moved('arrived', 'triaged', at), priority(episode)], toBase64),
        put(triageObservation(write, { colour: episode.colour, at })),
      )
    case 'visit':
      return transaction(
        encounterPatch(
          write,
          moved(episode.colour === 'untriaged' ? 'arrived' : 'triaged', 'in-progress', at),
          toBase64,
        ),
        ...vitalSigns(write, at).map(put),
      )
    case 'order':
      return transaction(encounterPatch(write, beingTreated, toBase64), ...orderLines(orderOf(write), at).map(put))
    case 'result':
      return resultTransaction(orderOf(write), { at, toBase64 })
    case 'report':
      return transaction(
        encounterPatch(write, [...beingTreated, diagnosed(write)], toBase64),
        put(closingReport(write, at)),
        put(diagnosis(write, at)),
      )
    case 'close':
      return transaction(encounterPatch(write, closed(episode, at), toBase64))
    case 'take-over':
      return transaction(
        encounterPatch(write, isFinished, toBase64),
        put(secondEncounterResource(write, secondOf(episode), at)),
      )
    case 'leave':
      return transaction(secondPatch(write, toBase64))
  }
}

const put = (resource: FhirResource): Entry => ({
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
})

const encounterPatch = (
  { namespace, stream, number }: AccessFacts,
  operations: readonly PatchOperation[],
  toBase64: ToBase64,
): Entry => patchEntry(`Encounter/${encounterId(namespace, stream, number)}`, operations, toBase64)

const moved = (from: AccessStatus, to: AccessStatus, at: string): readonly PatchOperation[] => [
  ...statusPatch(from, to),
  { op: 'add', path: '/statusHistory/-', value: { status: to, period: { start: at } } },
]

const priority = ({ colour }: Episode): PatchOperation => ({
  op: 'add',
  path: '/priority',
  value: { coding: [{ system: systems.triage, code: colour }] },
})

const beingTreated: readonly PatchOperation[] = [{ op: 'test', path: '/status', value: 'in-progress' }]

const diagnosed = (access: AccessFacts): PatchOperation => ({
  op: 'add',
  path: '/diagnosis',
  value: [{ condition: { reference: `Condition/${diagnosisId(access)}` }, rank: 1 }],
})

const isFinished: readonly PatchOperation[] = [{ op: 'test', path: '/status', value: 'finished' }]

/** Throws for an episode that has no second stay: it has no events of one either. */
const secondOf = ({ second, ending }: Episode): SecondStay => {
  if (second) return second
  throw new RangeError(`expected a second stay, got an access that ended ${ending}`)
}

/** Who was observed goes home, who was transferred gets a bed. */
const secondPatch = ({ namespace, stream, number, episode, at }: EventWrite, toBase64: ToBase64): Entry => {
  const ending = secondOf(episode).kind === 'observation' ? 'home' : 'admitted'
  return patchEntry(
    `Encounter/${secondEncounterId(namespace, stream, number)}`,
    finished('in-progress', ending, at),
    toBase64,
  )
}

/** Codes of the national flow of emergency accesses for how they end. */
const dispositions: Readonly<Record<EpisodeEnding, string>> = {
  home: '1',
  observed: '10',
  admitted: '2',
  transferred: '3',
  died: '4',
  left: '6',
}

/** The status before a close: who leaves has been triaged, everybody else was treated. */
const closed = ({ ending }: Episode, at: string): readonly PatchOperation[] =>
  finished(ending === 'left' ? 'triaged' : 'in-progress', ending, at)

const finished = (from: AccessStatus, ending: EpisodeEnding, at: string): readonly PatchOperation[] => [
  ...moved(from, 'finished', at),
  { op: 'add', path: '/period/end', value: at },
  {
    op: 'add',
    path: '/hospitalization/dischargeDisposition',
    value: { coding: [{ system: systems.disposition, code: dispositions[ending] }] },
  },
]

/** The order that an order event makes, or that a result event answers. */
export const orderOf = (write: EventWrite): OrderFacts => ({
  ...write,
  round: Number(write.event.name.split('.')[1]),
  services: write.event.services,
})

const resultTransaction = (
  order: OrderFacts,
  { at, toBase64 }: { readonly at: string; readonly toBase64: ToBase64 },
): Bundle<FhirResource> =>
  transaction(
    ...Array.from({ length: order.services }, (_, line) =>
      patchEntry(`ServiceRequest/${orderLineId(order, line)}`, statusPatch('active', 'completed'), toBase64),
    ),
    ...orderResults(order, at).map(put),
  )
