import type { Way } from '../region/paced-steps.ts'

/** The steps of a journey; where it has several ways, all of them, the most frequent first. */
export const waysInWords = (ways: readonly Way[]): string =>
  ways
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ steps }) => steps.map(({ step }) => step).join(' → '))
    .join(', or ')
