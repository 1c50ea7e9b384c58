import type { Scenario } from '../model/scenario.ts'
import { romeAsls } from '../region/rome-asls.ts'

/** Everywhere. */
const region: readonly string[] = []

/**
 * Health authorities in whose area somebody looks for a slot, search after search: their own, then those of Rome, then the
 * whole region (an empty list). Order: Lazio from 1 February 2026 (ilquotidianodellazio.it).
 */
export const areasOf = (
  own: string,
  searchArea: NonNullable<Scenario['searchArea']>,
): readonly (readonly string[])[] => (searchArea === 'region' ? [region] : [[own], romeAsls, region])
