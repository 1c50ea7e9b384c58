import { systems } from '../../generators/fhir/naming.ts'
import { areasOf } from '../../generators/search-areas.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import { namespace, plan } from '../lib/settings.ts'
import { textsBehind } from '../lib/texts-behind.ts'
import type { Visit } from '../lib/visit.ts'

/** Offers on a page. */
const pageSize = 20

/** Chance that an offer suits: 88 % are said to refuse the first one (quotidianosanita.it 133408). */
const acceptanceRatio = 0.12

const token = (system: string, code: string): string => `${system}|${code}`

/**
 * Looks for free slots and chooses one for each item of the prescription. Each further search of a journey is in a wider area than the one before it, and an
 * area without a free slot widens at once; nothing free in the region is no offer.
 */
export const search = (visit: Visit): StepOutcome => {
  const areas = areasOf(visit.turn.area, plan.searchArea)
  for (let width = Math.min(visit.timesBefore('search'), areas.length - 1); width < areas.length; width++) {
    const answer = visit.request({ method: 'GET', path: query(visit, areas[width] ?? []) }, 'search')
    if (answer.outcome !== 'ok') return answer.outcome
    const slots = slotsOf(answer.body)
    if (slots.length === 0) continue
    visit.progress.slots = chosen(slots, choice(visit.choose(), slots.length), itemsOf(visit))
    return 'ok'
  }
  return 'empty'
}

const query = ({ turn }: Visit, area: readonly string[]): string =>
  [
    `Slot?service-type=${encodeURIComponent(token(systems.service, turn.service))}`,
    `service-category=${encodeURIComponent(token(systems.priority, turn.priority))}`,
    `appointment-type=${encodeURIComponent(token(systems.visit, turn.visit))}`,
    'status=free',
    `start=ge${new Date().toISOString().slice(0, 10)}`,
    `_tag=${encodeURIComponent(token(systems.runTag, namespace))}`,
    ...(area.length === 0
      ? []
      : [`_tag=${encodeURIComponent(area.map((code) => token(systems.areaTag, code)).join(','))}`]),
    '_sort=start',
    `_count=${pageSize}`,
  ].join('&')

/** Ids of the slots of an answer, read off the entries' `fullUrl`, which a search has to give. */
const slotsOf = (body: string): readonly string[] =>
  textsBehind('fullUrl', body)
    .filter((url) => url.includes('/Slot/'))
    .map((url) => url.slice(url.lastIndexOf('/') + 1))

/** A move is of one slot; who books wants one for each item. */
const itemsOf = ({ turn }: Visit): number => (turn.journey === 'book' ? turn.items : 1)

/** So many slots from an index on, as the page goes round, and no more than it has. */
const chosen = (slots: readonly string[], from: number, items: number): readonly string[] =>
  [...slots.slice(from), ...slots.slice(0, from)].slice(0, items)

/** Geometric over the page: the n-th offer is taken when the ones before it were not. */
const choice = (uniform: number, offers: number): number =>
  Math.floor(Math.log(1 - uniform) / Math.log(1 - acceptanceRatio)) % Math.max(1, offers)
