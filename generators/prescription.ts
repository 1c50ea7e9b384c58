import { exemptions, firstVisitShare, itemShares, nrePrefix, priorityClasses } from '../region/prescriptions.ts'
import { popularityExponent, services } from '../region/services.ts'
import { Weighted } from './distributions.ts'
import type { Rng } from './rng.ts'

/** What a patient brings: an electronic prescription. */
export interface Prescription {
  readonly nre: string
  readonly service: string
  readonly priority: string
  readonly visit: 'ROUTINE' | 'FOLLOWUP'
  readonly exemption: string
  readonly items: number
}

/** Services by Zipf's law: weight of rank r (from 1) is r^-s. */
export const servicePopularity: readonly (readonly [string, number])[] = services.value.map(
  (service, index) => [service.code, (index + 1) ** -popularityExponent.value] as const,
)

const service = new Weighted(servicePopularity)
const priority = new Weighted(priorityClasses.value.map((entry) => [entry.code, entry.share] as const))
const exemption = new Weighted(exemptions.value.map((entry) => [entry.code, entry.share] as const))
const items = new Weighted(itemShares.value.map((share, index) => [index + 1, share] as const))

/** The prescription of the patient whose stream of draws is given; `index` makes its number unique within a seed. */
export const prescriptionOf = (rng: Rng, index: number): Prescription => ({
  nre: nre(rng.split('lot'), index),
  service: service.draw(rng),
  priority: priority.draw(rng),
  visit: rng.float() < firstVisitShare.value ? 'ROUTINE' : 'FOLLOWUP',
  exemption: exemption.draw(rng),
  items: items.draw(rng),
})

const lotCharacters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** 3 digits of region, 2 of lot, 10 of the index. */
const nre = (rng: Rng, index: number): string =>
  nrePrefix.value + lotCharacters[rng.below(36)] + lotCharacters[rng.below(36)] + String(index).padStart(10, '0')
