import type { Episode } from '../../generators/emergency/episode.ts'
import type { EpisodeEvent } from '../../generators/emergency/episode-event.ts'
import type { stepsOf } from '../../generators/journey-steps.ts'
import type { WalkedStream } from '../../generators/walked-plan.ts'
import type { Action } from '../../model/scenario.ts'

/** A row of a stream with its subject, as read from the plan's files. */
export interface Turn {
  readonly stream: WalkedStream
  readonly journey: Action
  /** The steps of its journey, in order. */
  readonly steps: ReturnType<typeof stepsOf>
  /** Index of the step where it enters. */
  readonly entry: number
  /** Index in the stream's timetable. */
  readonly row: number
  readonly dueMs: number
  readonly seed: number
  /** Number of the patient. */
  readonly patient: number
  readonly fiscalCode: string
  readonly nre: string
  readonly service: string
  readonly priority: string
  readonly visit: string
  /** The slot that the plan has given the row, if any. */
  readonly place: { readonly agenda: number; readonly slot: number } | undefined
  /** Health authority of the patient. */
  readonly area: string
  /** Whether the patient has to pay. */
  readonly isTicketDue: boolean
  /** Of the prescription; each wants a slot. */
  readonly items: number
  /** The row that has stored the images which this one moves or fetches, by the ordinal of its stream and its number; only where it does. */
  readonly storedBy: { readonly stream: number; readonly row: number } | undefined
  /** The episode that the row is a part of, with its number in the stream; only where rows are events. */
  readonly episode: { readonly number: number; readonly care: Episode } | undefined
  /** The event that each step belongs to; empty where rows are no events. */
  readonly events: readonly EpisodeEvent[]
}

/** How a row goes through its journey. */
export type Walk = Pick<Turn, 'steps' | 'entry' | 'episode' | 'events'>
