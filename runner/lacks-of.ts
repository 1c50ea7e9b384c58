import type { JourneyNeeds, TypeNeeds } from '../generators/journey-needs.ts'
import type { Offers, TypeOffers } from './offers.ts'

/** What a journey needs and its server does not offer, in words; nothing where the server does not say. */
export const lacksOf = (needs: JourneyNeeds, offers: Offers | undefined): readonly string[] => {
  if (needs.kind === 'dicomweb') {
    if (offers?.kind !== 'dicomweb') return []
    return needs.services.filter((service) => !offers.services.includes(service)).map((service) => `no ${service}`)
  }
  if (offers?.kind !== 'fhir') return []
  return [
    ...needs.system.filter((code) => !takes(code, offers.system)).map((code) => `no ${code}`),
    ...Object.entries(needs.types).flatMap(([type, wanted]) => {
      const offered = offers.types[type]
      return offered ? typeLacks(type, wanted, offered) : [`no ${type}`]
    }),
  ]
}

/** HAPI FHIR takes batches and names transactions alone: both go to the same place. */
const takes = (code: 'transaction' | 'batch', offered: readonly string[]): boolean =>
  offered.includes(code) || (code === 'batch' && offered.includes('transaction'))

const typeLacks = (type: string, wanted: TypeNeeds, offered: TypeOffers): readonly string[] => [
  ...missing(wanted.interactions, offered.interactions).map((code) => `no ${code} of ${type}`),
  ...missing(wanted.searchedBy ?? [], offered.searchedBy).map((name) => `no search of ${type} by ${name}`),
  ...(wanted.conditionalCreate && offered.conditionalCreate === false ? [`no conditional create of ${type}`] : []),
]

const missing = (wanted: readonly string[], offered: readonly string[] | undefined): readonly string[] =>
  offered ? wanted.filter((one) => !offered.includes(one)) : []
