/**
 * Which of a row's numbers is whose: pauses have the first ones, two a step; what a row draws once has the next; choices
 * that depend on answers come after those, then what documents and studies draw, what a whole episode draws, and what stamps images, each as many as there are.
 */
export const rowDraws = {
  pauses: 0,
  action: 996,
  way: 997,
  again: 998,
  patience: 999,
  choices: 1000,
  document: 50_000,
  study: 60_000,
  episode: 100_000,
  episodeImages: 200_000,
  stamp: 1_000_000_000,
} as const
