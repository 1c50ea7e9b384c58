import type { Gate } from './gate.ts'
import type { Quantity } from './quantity.ts'

/** Ways into the booking system. */
export type Channel = 'phone' | 'web' | 'app' | 'counter'

/** Actions that journeys carry out. */
export type Action = 'book' | 'accept'

/** A stream of a scenario: which curve of the region it follows, what its rows do, and who does it. */
export interface StreamSpec {
  readonly name: string
  /** Name of the demand in `region/demand` that gives volume, curve and factors. */
  readonly demand: string
  /** Factor on the demand: what makes this day unlike others. */
  readonly surge?: Quantity
  readonly action: Action
  readonly channel: Channel
  /**
   * `staff`: as many actors as work a shift. With a patience (mean, ms) its rows are calls that are given up when nobody
   * takes them in time. `population`: as many as the peak needs.
   */
  readonly pool:
    | { readonly kind: 'staff'; readonly people: number; readonly patienceMs?: number }
    | { readonly kind: 'population' }
  /** Whether an actor keeps its connection from row to row, as a work station does, or opens a new one, as a citizen's browser does. */
  readonly connection: 'kept' | 'fresh'
}

/** How much agenda is loaded. */
export type AgendaSpec =
  | {
      /** Every service, as deep as the slice's journeys can reach. */
      readonly kind: 'catalogue'
      readonly depthDays: number
      /** Share of slots already taken. */
      readonly fillRatio: number
      /** Free slots loaded per booking expected in the slice. */
      readonly freeSlotsPerBooking: number
    }
  | {
      /** One service that everybody wants, and so many free slots, however many come. */
      readonly kind: 'scarce'
      readonly service: string
      readonly priority: string
      readonly visit: 'ROUTINE' | 'FOLLOWUP'
      readonly slots: number
    }

/** One file in `scenarios/`: streams, agenda, phases around the slice, gates. Plain data. */
export interface Scenario {
  readonly name: string
  readonly summary: string
  /** The part of the calendar it replays unless told otherwise: a day's name and times of day, HH:MM. */
  readonly slice: { readonly day: string; readonly from: string; readonly to: string }
  readonly streams: readonly StreamSpec[]
  readonly agenda: AgendaSpec
  readonly warmUpMs: number
  /** How long journeys may go on after the slice before they are `cut`. */
  readonly drainCapMs: number
  readonly gates: readonly Gate[]
}
