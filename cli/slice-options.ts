import type { Command } from 'commander'
import { Failure } from '../model/failure.ts'
import type { ImageSize, Slice } from '../model/plan.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Replay } from '../planner/replay.ts'
import { parseImageSize, parseSlice, type SliceOptions } from './parse-options.ts'

/** Adds the options that cut a slice out of the calendar. */
export const withSliceOptions = (command: Command): Command =>
  command
    .option(
      '--day <day>',
      'monday … sunday, a date YYYY-MM-DD, or weekday: the mean working day (default: the scenario’s)',
    )
    .option('--days <n>', 'so many whole days on end (default: the scenario’s; one, where --day or a time is given)')
    .option('--from <HH:MM>', 'start of the slice (default: the scenario’s)')
    .option('--to <HH:MM>', 'end of the slice (default: the scenario’s)')
    .option('--scale <factor>', 'factor on all arrivals, or by stream: web=3,phone=1')
    .option('--streams <names>', 'only these streams of the scenario: web,partners (default: all)')
    .option('--squeeze <duration>', 'the shape of the slice in this time (90s, 5m), at real rates')
    .option('--full-volume', 'with --squeeze: the total volume of the slice')
    .option('--image-size <size>', 'diagnostic images: full, heavy (many more), or small (as many, with few pixels)')
    .option('--replay <file>', 'a CSV of real arrivals (timestamp,stream[,action,id]) in place of the curves')
    .option('--seed <n>', 'whole number from 0; same seed, same plan', '1')

/** A slice, and the arrivals that are replayed in it when they come from a file. */
export interface WantedSlice {
  readonly slice: Slice
  readonly replay: Replay | undefined
  readonly imageSize: ImageSize | undefined
}

/** What the slice options ask for; what was not typed is the scenario's. Throws a usage Failure with every problem. */
export const sliceOf = async (typed: Partial<SliceOptions>, scenario: Scenario): Promise<WantedSlice> => {
  const { replay: file } = typed
  const imageSize = parseImageSize(typed.imageSize, scenario)
  if (file === undefined) {
    return { slice: parseSlice({ ...defaults(typed, scenario), ...typed }, scenario), replay: undefined, imageSize }
  }
  const idle = (['day', 'days', 'from', 'to', 'scale', 'squeeze', 'fullVolume'] as const).filter(
    (name) => name in typed,
  )
  if (idle.length > 0) {
    throw new Failure(
      'usage',
      idle
        .map((name) => `--${optionName(name)}: expected none with --replay, which has its own times, got one`)
        .join('\n'),
      'leave them out, or leave --replay out',
    )
  }
  const { readReplay } = await import('../planner/read-replay.ts')
  const replay = await readReplay(file, scenario, Date.now())
  return { slice: replay.slice, replay, imageSize }
}

/** The scenario's own slice; who asks for another day, or for some hours, means one day. */
const defaults = (typed: Partial<SliceOptions>, { slice }: Scenario): Scenario['slice'] => {
  const { days: _, ...oneDay } = slice
  return 'day' in typed || 'from' in typed || 'to' in typed ? oneDay : slice
}

const optionName = (name: string): string => name.replace('fullVolume', 'full-volume')
