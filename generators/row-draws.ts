/**
 * Which of a row's numbers is whose: pauses have the first ones, two a step; what a row draws once has the next; choices
 * that depend on answers come after those, and what a whole episode draws comes last, each as many as there are.
 */
export const rowDraws = {
  pauses: 0,
  action: 996,
  way: 997,
  again: 998,
  patience: 999,
  choices: 1000,
  episode: 100_000,
} as const
