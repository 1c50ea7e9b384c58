import { systems } from '../../generators/fhir/naming.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import { namespace } from './settings.ts'
import type { Visit } from './visit.ts'

/** Offers on a page. */
const pageSize = 20

/** Chance that an offer suits: 88 % are said to refuse the first one (quotidianosanita.it 133408). */
const acceptanceRatio = 0.12

const token = (system: string, code: string): string => encodeURIComponent(`${system}|${code}`)

/** Looks for free slots as often as the journey plans to, and chooses one of the last answer's offers. */
export const search = (visit: Visit): { readonly outcome: StepOutcome; readonly slot: string } => {
  let slots: readonly string[] = []
  for (let occurrence = 0; occurrence < visit.times('search'); occurrence++) {
    const answer = visit.request('search', { method: 'GET', path: query(visit) })
    if (answer.outcome !== 'ok') return { outcome: answer.outcome, slot: '' }
    slots = slotsOf(answer.body)
    if (slots.length === 0) return { outcome: 'empty', slot: '' }
    visit.think('search', occurrence)
  }
  return { outcome: 'ok', slot: slots[choice(visit.choose(), slots.length)] ?? '' }
}

const query = ({ turn }: Visit): string =>
  [
    `Slot?service-type=${token(systems.service, turn.service)}`,
    `service-category=${token(systems.priority, turn.priority)}`,
    `appointment-type=${token(systems.visit, turn.visit)}`,
    'status=free',
    `start=ge${new Date().toISOString().slice(0, 10)}`,
    `_tag=${token(systems.runTag, namespace)}`,
    '_sort=start',
    `_count=${pageSize}`,
  ].join('&')

/**
 * Ids of the slots of an answer. Read off the entries' `fullUrl`, which a search has to give: parsing a page of twenty
 * slots takes k6 240 µs, this 12.
 */
const slotsOf = (body: string): readonly string[] => {
  const urls = body.match(/"fullUrl"\s*:\s*"[^"]*\/Slot\/[^"]+"/g)
  return (urls ?? []).map((url) => url.slice(url.lastIndexOf('/') + 1, -1))
}

/** Geometric over the page: the n-th offer is taken when the ones before it were not. */
const choice = (uniform: number, offers: number): number =>
  Math.floor(Math.log(1 - uniform) / Math.log(1 - acceptanceRatio)) % offers
