import type { Gate } from './gate.ts'
import type { Phase } from './phase.ts'
import type { Quantity } from './quantity.ts'

/**
 * Ways into the systems; `partner` is the software of an accredited private provider, `system` a job of the region's own, `emergency` the staff of an emergency department,
 * `hospital` the software of a hospital or a laboratory, `home` a device at a patient's home, `outside` whoever has no business there, `modality` an imaging device, `radiologist` who reads what it made.
 */
export const channels = [
  'phone',
  'web',
  'app',
  'counter',
  'pharmacy',
  'practitioner',
  'partner',
  'system',
  'emergency',
  'hospital',
  'home',
  'outside',
  'modality',
  'radiologist',
] as const
export type Channel = (typeof channels)[number]

/** Actions that journeys carry out. */
export const actions = [
  'book',
  'move',
  'cancel',
  'enquire',
  'accept',
  'walk-in',
  'take-charge',
  'pay',
  'partner-sync',
  'partner-night',
  'remind',
  'expire-holds',
  'emergency',
  'publish',
  'read-reports',
  'televisit',
  'measure',
  'attack',
  'store-study',
  'read-study',
  'share-study',
  'move-study',
  'watch-board',
  'fetch-study',
] as const
export type Action = (typeof actions)[number]

/** What the rows of a stream do: each row draws one action, in proportion to the weights. */
export type ActionMix = readonly { readonly action: Action; readonly weight: number }[]

/** What the rows of a stream do, and who does it. */
interface StreamWork {
  readonly name: string
  readonly mix: ActionMix
  readonly channel: Channel
  /** Priority class of its prescriptions, where they all have the same. */
  readonly priority?: string
  /**
   * `staff`: as many actors as work a shift, out of so many people and the share on shift in each hour of the day (without
   * it: all of them). With a patience (mean, ms) its rows are calls that are given up when nobody takes them in time.
   * `population`: as many as the peak needs.
   */
  readonly pool:
    | {
        readonly kind: 'staff'
        readonly people: number
        readonly shifts?: Quantity<readonly number[]>
        readonly patienceMs?: number
      }
    | { readonly kind: 'population' }
  /** Whether an actor keeps its connection from row to row, as a work station does, or opens a new one, as a citizen's browser does. */
  readonly connection: 'kept' | 'fresh'
}

/** A stream that people and software come to by themselves: which curve of the region it follows. */
export interface ArrivingStream extends StreamWork {
  /** Name of the demand in `region/demand` that gives volume, curve and factors. */
  readonly demand: string
  /** Factor on the demand: what makes this day unlike others. */
  readonly surge?: Quantity
  readonly follows?: undefined
}

/**
 * A stream of what comes of an earlier one. `catch-up`: each row of it that has stored images on the old side is moved after the
 * cutover · `images`: devices store what is taken of its patients · `transfers`: the hospitals that its patients are brought to
 * fetch their images, which a stream of `images` has stored.
 */
export interface FollowingStream extends StreamWork {
  readonly follows: { readonly kind: 'catch-up' | 'images' | 'transfers'; readonly stream: string }
}

/** A stream of a scenario. */
export type StreamSpec = ArrivingStream | FollowingStream

/** Whether a stream has arrivals of its own. */
export const isArriving = (spec: StreamSpec): spec is ArrivingStream => spec.follows === undefined

/** How much agenda is loaded. */
export type AgendaSpec =
  | {
      /** Every service, as deep as the slice's journeys can reach. */
      readonly kind: 'catalogue'
      readonly depthDays: number
      /** Share of slots already taken. */
      readonly fillRatio: number
      /** Free slots loaded per slot wanted in the slice. */
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

/** A time on paper: when it begins and ends, in parts of the slice, and how long entering it takes, in parts of that time. */
export interface PaperSpec {
  readonly fromRatio: number
  readonly toRatio: number
  readonly entryRatio: number
}

/** Requests that are never finished: connections to each system at a time, and how often each sends a byte. */
export interface SlowRequestsSpec {
  readonly connections: number
  readonly everyMs: number
}

/** One file in `scenarios/`: streams, agenda, phases around the slice, gates. Plain data. */
export interface Scenario {
  readonly name: string
  readonly summary: string
  /** The part of the calendar it replays unless told otherwise: a day's name and times of day, HH:MM. */
  readonly slice: { readonly day: string; readonly from: string; readonly to: string; readonly days?: string }
  readonly streams: readonly StreamSpec[]
  /** Names of streams that it has, and that somebody has left out; absent: none. */
  readonly leftOut?: readonly string[]
  /** Only where somebody books. */
  readonly agenda?: AgendaSpec
  /** Where somebody looks for a slot: in wider and wider areas (own health authority, Rome, the region), or at once everywhere. */
  readonly searchArea?: 'widening' | 'region'
  /**
   * When writers and readers of images leave the old archive for the new one, in parts of the slice; what they have stored there
   * until then is moved after it.
   */
  readonly cutoverRatio?: number
  /** While their system is away emergency departments write on paper, and enter it afterwards. */
  readonly paper?: PaperSpec
  /** Whether some of its streams attack: only targets that allow it by name get any. */
  readonly isHostile?: boolean
  /** Whether each stream comes over the line of its channel, on the embedded target: loopback hides chatty journeys. */
  readonly overLines?: boolean
  /** Sent beside the load, where k6 cannot: it sends a request at once. */
  readonly slowRequests?: SlowRequestsSpec
  readonly warmUpMs: number
  /** Between warm-up and drain, as long as the slice together; absent: all of it is `steady`. */
  readonly phases?: readonly (Pick<Phase, 'name' | 'loadRatio'> & { readonly durationMs: number })[]
  /** How long journeys may go on after the slice before they are `cut`. */
  readonly drainCapMs: number
  readonly gates: readonly Gate[]
}
