import type { SliceOptions } from './parse-options.ts'

/** The words of a command that ask for a slice; with a replay only those that a replay has. */
export const sliceWords = (options: Partial<SliceOptions>): readonly string[] => [
  ...(options.replay ? wordsOf({ replay: options.replay }) : calendarWords(options)),
  ...wordsOf({ streams: options.streams, 'image-size': options.imageSize }),
]

const calendarWords = (options: Partial<SliceOptions>): readonly string[] => {
  const { day, from, to, days, scale, squeeze, fullVolume } = options
  // Who asks for a day, or for some hours, means one day.
  const isSaid = days === '1' && [day, from, to].some((one) => one !== undefined)
  return [
    ...wordsOf({ day, from, to, days: isSaid ? undefined : days, scale, squeeze }),
    ...(fullVolume ? ['--full-volume'] : []),
  ]
}

const wordsOf = (options: Readonly<Record<string, string | undefined>>): readonly string[] =>
  Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]))
