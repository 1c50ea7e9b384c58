import type { Quantity } from '../model/quantity.ts'
import { type Action, actions, type Channel, channels } from '../model/scenario.ts'
import { attackWeights } from './attacks.ts'
import { boardLooks, boardRefresh } from './board.ts'
import { typicalEpisode } from './emergency-pace.ts'
import { evenly, none, only, type ThinkTime, type Way, worked } from './paced-steps.ts'
import { televisitMinutes } from './telemedicine.ts'

type Pace = Quantity<readonly Way[]>

const citizen: ThinkTime = { kind: 'exponential', meanMs: 7500, capMs: 70_000 }
const payer: ThinkTime = { kind: 'exponential', meanMs: 10_000, capMs: 70_000 }
const reader: ThinkTime = { kind: 'exponential', meanMs: 12_000, capMs: 70_000 }
const hurried: ThinkTime = { kind: 'exponential', meanMs: 2000, capMs: 20_000 }
/** The page asks again by itself. */
const refreshed: ThinkTime = { kind: 'log-normal', medianMs: boardRefresh.value * 1000, sigma: 0 }
const ofCitizens = 'assumption: exponential think time of mean 7.5 s, cut at 70 s (TPC-W)'
const ofSoftware = 'software does not pause; which calls it makes: assumption'

type ByChannel = Readonly<Partial<Record<Channel, () => Pace>>>

const bookByPhone = (): Pace => {
  const beginning = worked(['identify', 25], ['prescription', 15], ['search', 20], ['hold', 30])
  const again = worked(['release', 20], ['search', 20], ['search', 20], ['hold', 30])
  const end = worked(['book', 10], ['memo', 8])
  return {
    value: [
      { weight: 22, steps: [...beginning, ...end] },
      { weight: 14, steps: [...beginning, ...again, ...end] },
    ],
    unit: 'ms',
    source:
      'assumption: medians in seconds as listed, sigma 0.4; 14 of 36 refuse the first offer, and their search widens twice',
  }
}

const booking = () => ({
  book: {
    phone: bookByPhone,
    web: () => ({
      value: [
        {
          weight: 19,
          steps: evenly(citizen, 'identify', 'prescription', 'search', 'search', 'search', 'hold', 'book', 'memo'),
        },
        {
          weight: 1,
          steps: evenly(citizen, 'identify', 'prescription', 'search', 'search', 'search', 'hold', 'leave'),
        },
      ],
      unit: 'ms',
      source: `${ofCitizens}; three searches, and one in twenty leaves a hold behind`,
    }),
    app: () => ({
      value: only(evenly(hurried, 'identify', 'prescription', 'search', 'hold', 'book')),
      unit: 'ms',
      source: 'assumption: who waits for an agenda to open hurries: exponential of mean 2 s, cut at 20 s, one search',
    }),
    counter: () => ({
      value: only(
        worked(['identify', 12], ['prescription', 12], ['search', 20], ['book', 15], ['pay', 20], ['memo', 5]),
      ),
      unit: 'ms',
      source: 'assumption: medians of 12 to 25 s, sigma 0.4; a desk books in one transaction, and cashes the ticket',
    }),
    pharmacy: () => ({
      value: only(
        worked(['identify', 15], ['prescription', 20], ['search', 25], ['book', 15], ['pay', 20], ['memo', 5]),
      ),
      unit: 'ms',
      source: 'assumption: medians of 15 to 30 s, sigma 0.4; as at a desk',
    }),
    practitioner: () => ({
      value: only(worked(['identify', 20], ['search', 20], ['book', 20])),
      unit: 'ms',
      source: 'assumption: median 20 s, sigma 0.4; the practitioner has just written the prescription',
    }),
    partner: () => ({ value: only(evenly(none, 'search', 'book')), unit: 'ms', source: ofSoftware }),
    system: () => ({ value: only(evenly(none, 'search', 'book')), unit: 'ms', source: ofSoftware }),
  },
})

const changing = () => ({
  move: {
    phone: () => ({
      value: only(worked(['lookup', 15], ['search', 20], ['move', 10])),
      unit: 'ms',
      source: 'assumption: medians 15, 20, 10 s, sigma 0.4',
    }),
    web: () => ({ value: only(evenly(citizen, 'lookup', 'search', 'move')), unit: 'ms', source: ofCitizens }),
  },
  cancel: {
    phone: () => ({
      value: only(worked(['lookup', 8], ['cancel', 5])),
      unit: 'ms',
      source: 'assumption: medians 8, 5 s, sigma 0.4',
    }),
    web: () => ({ value: only(evenly(citizen, 'lookup', 'cancel')), unit: 'ms', source: ofCitizens }),
    pharmacy: () => ({
      value: only(worked(['lookup', 15], ['cancel', 15])),
      unit: 'ms',
      source: 'assumption: median 15 s, sigma 0.4',
    }),
    partner: () => ({ value: only(evenly(none, 'lookup', 'cancel')), unit: 'ms', source: ofSoftware }),
  },
  enquire: {
    phone: () => ({
      value: only(worked(['identify', 15], ['list', 30])),
      unit: 'ms',
      source: 'assumption: medians 15, 30 s, sigma 0.4',
    }),
  },
})

const attending = () => ({
  accept: {
    counter: () => ({
      value: only(worked(['lookup', 6 + 8], ['accept', 5])),
      unit: 'ms',
      source: 'assumption: medians 6, 8, 5 s, sigma 0.4',
    }),
    partner: () => ({ value: only(evenly(none, 'lookup', 'accept')), unit: 'ms', source: ofSoftware }),
  },
  'walk-in': {
    counter: () => ({
      value: only(worked(['identify', 6], ['prescription', 8], ['admit', 5])),
      unit: 'ms',
      source: 'assumption: medians 6, 8, 5 s, sigma 0.4',
    }),
  },
  'take-charge': {
    counter: () => ({
      value: only(worked(['prescription', 8], ['take-charge', 5])),
      unit: 'ms',
      source: 'assumption: medians 8, 5 s, sigma 0.4',
    }),
  },
  pay: {
    web: () => ({
      value: only(evenly(payer, 'position', 'pay')),
      unit: 'ms',
      source: 'assumption: exponential of mean 10 s, cut at 70 s',
    }),
    pharmacy: () => ({
      value: only(worked(['position', 15], ['pay', 15])),
      unit: 'ms',
      source: 'assumption: median 15 s, sigma 0.4',
    }),
  },
})

const working = () => ({
  'partner-sync': { partner: () => ({ value: only(evenly(none, 'push', 'pull')), unit: 'ms', source: ofSoftware }) },
  'partner-night': {
    partner: () => ({ value: only(evenly(none, 'agenda', 'audit')), unit: 'ms', source: ofSoftware }),
  },
  remind: { system: () => ({ value: only(evenly(none, 'reminders')), unit: 'ms', source: ofSoftware }) },
  'expire-holds': { system: () => ({ value: only(evenly(none, 'expire')), unit: 'ms', source: ofSoftware }) },
  publish: {
    hospital: () => ({ value: only(evenly(none, 'check', 'publish')), unit: 'ms', source: ofSoftware }),
  },
  measure: { home: () => ({ value: only(evenly(none, 'report')), unit: 'ms', source: ofSoftware }) },
})

const caring = () => ({
  emergency: {
    emergency: () => ({
      value: only(typicalEpisode()),
      unit: 'ms',
      source: 'eventSteps of an episode with two orders: assumption',
    }),
  },
  'read-reports': {
    web: () => ({
      value: only(evenly(reader, 'list', 'open', 'open')),
      unit: 'ms',
      source: 'assumption: exponential of mean 12 s, cut at 70 s; two documents are opened',
    }),
  },
  televisit: {
    practitioner: () => ({
      value: only(worked(['open', 60], ['begin', televisitMinutes.value * 60], ['end', 60])),
      unit: 'ms',
      source: 'assumption: a minute before and after; televisitMinutes in between',
    }),
  },
  'watch-board': {
    web: () => ({
      value: boardLooks.value.map(({ looks, share }) => ({
        weight: share,
        steps: evenly(refreshed, ...Array<string>(looks).fill('look')),
      })),
      unit: 'ms',
      source: 'assumption: boardLooks, boardRefresh',
    }),
  },
  attack: {
    outside: () => ({
      value: Object.entries(attackWeights.value).map(([step, weight]) => ({ weight, steps: evenly(none, step) })),
      unit: 'ms',
      source: 'assumption: attackWeights; software does not pause',
    }),
  },
})

const imaging = () => ({
  'store-study': {
    modality: () => ({
      value: only(worked(['store', 5], ['confirm', 0])),
      unit: 'ms',
      source: 'assumption: the device asks whether all has come some 5 s after it has sent it',
    }),
  },
  'read-study': {
    radiologist: () => ({
      value: only(worked(['worklist', 8], ['find', 3], ['first-image', 2], ['images', 90], ['priors', 60])),
      unit: 'ms',
      source: 'assumption: medians in seconds as listed, sigma 0.4; 90 to 420 s a study with its earlier ones',
    }),
  },
  'share-study': {
    hospital: () => ({
      value: only(worked(['find', 8], ['manifest', 3], ['images', 30])),
      unit: 'ms',
      source: 'assumption: medians in seconds as listed, sigma 0.4',
    }),
  },
  'fetch-study': {
    hospital: () => ({
      value: only(worked(['find', 8], ['images', 30])),
      unit: 'ms',
      source: 'assumption: medians in seconds as listed, sigma 0.4',
    }),
  },
  'move-study': {
    hospital: () => ({ value: only(evenly(none, 'move')), unit: 'ms', source: ofSoftware }),
  },
})

/** Steps and think times of each journey by channel. Made when they are asked for: every actor of k6 would keep them. */
const paces = (): Readonly<Record<Action, ByChannel>> => ({
  ...booking(),
  ...changing(),
  ...attending(),
  ...working(),
  ...caring(),
  ...imaging(),
})

/** Time a step is taken to need when a journey already under way is placed: it only positions opening states. */
export const assumedStepMs: Quantity = { value: 50, unit: 'ms', source: 'assumption: a healthy system' }

/** A journey as it goes through one channel. */
export interface PacedJourney {
  readonly action: Action
  readonly channel: Channel
  readonly pace: Quantity<readonly Way[]>
}

/** Every journey by every channel that it goes through. */
export const pacedJourneys = (): readonly PacedJourney[] => {
  const all = paces()
  return actions.flatMap((action) => {
    const byChannel = all[action]
    return channels.flatMap((channel) => {
      const pace = byChannel[channel]
      return pace ? [{ action, channel, pace: pace() }] : []
    })
  })
}

/** The ways of a journey; throws a RangeError for a pair that the region does not know. */
export const paceOf = (action: Action, channel: Channel): readonly Way[] => {
  const name = `${action} ${channel}`
  const made = ways[name]
  if (made) return made
  const pace = paces()[action][channel]
  if (!pace) throw new RangeError(`expected a channel of ${action}, got ${channel}`)
  const { value } = pace()
  ways[name] = value
  return value
}

/** Those that were asked for. No Map: an actor that has none saves its methods. */
const ways: Record<string, readonly Way[]> = {}
