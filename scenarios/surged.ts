import type { Quantity } from '../model/quantity.ts'
import type { StreamSpec } from '../model/scenario.ts'

/** Streams of which some have a higher demand than on other days. */
export const surged = (
  streams: readonly StreamSpec[],
  names: readonly string[],
  surge: Quantity,
): readonly StreamSpec[] => streams.map((stream) => (names.includes(stream.name) ? { ...stream, surge } : stream))
