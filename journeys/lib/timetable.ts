import { stepIndex, stepsOf } from '../../generators/journey-steps.ts'
import type { WalkedStream } from '../../generators/walked-plan.ts'
import type { Action } from '../../model/scenario.ts'
import { isSmoke, streams } from './settings.ts'
import { lineOf, type StreamSpans, streamSpans } from './stream-lines.ts'
import type { Turn, Walk } from './turn.ts'

/** A stream with the lines of its files. */
export interface OwnStream {
  readonly stream: WalkedStream
  readonly spans: StreamSpans
}

let own: OwnStream | undefined

/** The stream of this name, which an actor keeps. */
export const ownStream = (name: string): OwnStream => {
  if (own?.stream.name === name) return own
  const stream = streams.find((planned) => planned.name === name)
  const spans = streamSpans()[stream?.ordinal ?? -1]
  if (!stream || !spans) throw new Error(`expected a stream of the plan, got ${name}`)
  own = { stream, spans }
  return own
}

/**
 * The n-th row of a stream; in a smoke run the n-th action with its subject behind the last row, which no row uses. Fields
 * are read by index: destructuring an array is slow in k6.
 */
export const turnOf = async ({ stream, spans }: OwnStream, index: number): Promise<Turn> => {
  const row = isSmoke ? spans.rows.count + index : index
  const timing = isSmoke ? smokeTiming({ stream, spans }, index) : lineOf(spans.rows, row).split('\t')
  const journey = timing[1] as Action
  const seed = Number(timing[4])
  const walked =
    journey === 'emergency'
      ? (await import('./event-walk.ts')).eventWalk(seed, timing)
      : rowWalk(stepsOf(seed, journey, stream.channel), timing)
  const subject = lineOf(spans.subjects, walked.episode?.number ?? row).split('\t')
  return {
    stream,
    journey,
    ...walked,
    row,
    dueMs: Number(timing[0]),
    seed,
    patient: Number(subject[0]),
    fiscalCode: subject[1] ?? '',
    storedBy:
      journey === 'move-study' || journey === 'fetch-study'
        ? { stream: Number(subject[2]), row: Number(subject[3]) }
        : undefined,
    nre: subject[2] ?? '',
    service: subject[3] ?? '',
    priority: subject[4] ?? '',
    visit: subject[5] ?? '',
    place: subject[6] ? { agenda: Number(subject[6]), slot: Number(subject[7]) } : undefined,
    area: subject[8] ?? '',
    isTicketDue: subject[9] === '1',
    items: Number(subject[10]),
  }
}

/** A row that walks its journey from where it enters to the end. */
const rowWalk = (steps: Turn['steps'], timing: readonly string[]): Walk => ({
  steps,
  entry: stepIndex(steps, timing[2] ?? ''),
  episode: undefined,
  events: [],
})

/** The line of a timetable that a smoke row would have; an episode's has no event: it walks them all. */
const smokeTiming = ({ stream, spans }: OwnStream, index: number): readonly string[] => [
  '0',
  stream.actions[index]?.action ?? '',
  '',
  String(spans.subjects.count - 1),
  '1',
]
