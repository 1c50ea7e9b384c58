import {
  admissionShares,
  arrivalModes,
  boarding,
  deathShares,
  leavingShares,
  observationShares,
  orderRounds,
  stays,
  type TriageColour,
  transferDelay,
  transferShares,
  triageColours,
  triageDelay,
  triageShares,
  visitWaits,
} from '../../region/emergency-care.ts'
import { departmentTiers, emergencyDepartments } from '../../region/emergency-departments.ts'
import { imagingShares } from '../../region/emergency-imaging.ts'
import { mainProblems, senders } from '../../region/emergency-reasons.ts'
import { sharedChoice, weightedChoice } from '../weighted-choice.ts'
import { EpisodeDraws } from './episode-draws.ts'
import { type EpisodeEvent, event } from './episode-event.ts'
import { type EpisodeEnding, type SecondStay, secondEvents, secondStayOf } from './second-stay.ts'
import { meanServices } from './services.ts'

/** One access to an emergency department with everything that will happen: a pure function of its seed. */
export interface Episode {
  readonly colour: TriageColour
  /** Code of the national flow. */
  readonly arrivalMode: string
  /** Who has sent the patient, by code of the national flow. */
  readonly sender: string
  /** What the patient comes for, and the ICD-9-CM code that it turns out to be. */
  readonly problem: { readonly code: string; readonly diagnosis: string }
  /** Index of the department. */
  readonly department: number
  readonly ending: EpisodeEnding
  readonly second: SecondStay | undefined
  /** When images are taken, since the arrival; absent where none are. */
  readonly imagedAfterMs: number | undefined
  /** In the order of time; the first one is the registration, at 0. */
  readonly events: readonly EpisodeEvent[]
}

const minuteMs = 60_000

const colourWeights = triageColours.map((colour) => ({ colour, weight: triageShares.value[colour] }))

let weights: readonly { readonly index: number; readonly weight: number }[] | undefined

/** Made once, by whoever draws an episode. */
const departmentWeights = () => {
  weights ??= emergencyDepartments.value.map(({ index, tier }) => ({
    index,
    weight: departmentTiers.value.find((of) => of.tier === tier)?.accessesPerDay ?? 0,
  }))
  return weights
}

/** Draws the episode of a seed. Every event comes after the one that it presupposes. */
export const episodeOf = (seed: number): Episode => {
  const draws = new EpisodeDraws(seed)
  const { colour } = weightedChoice(colourWeights, draws.uniform('colour'))
  const ending = endingOf(colour, draws)
  const department = weightedChoice(departmentWeights(), draws.uniform('department')).index
  const care = ending === 'left' ? [event('close', leavesMs(colour, draws))] : careEvents({ colour, ending }, draws)
  return {
    colour,
    ending,
    arrivalMode: sharedChoice(arrivalModes.value, draws.uniform('arrivalMode')).code,
    sender: sharedChoice(senders.value, draws.uniform('sender')).code,
    problem: sharedChoice(mainProblems.value, draws.uniform('problem')),
    department,
    second: secondStayOf({ ending, department }, draws),
    imagedAfterMs: imagedMs(colour, care, draws),
    events: [
      event('register', 0),
      ...triageEvents(colour, draws),
      ...care,
      ...secondEvents({ ending, closedMs: care.at(-1)?.afterMs ?? 0 }, draws),
    ],
  }
}

const endingOf = (colour: TriageColour, draws: EpisodeDraws): EpisodeEnding => {
  if (draws.uniform('leaves') < leavingShares.value[colour]) return 'left'
  let left = draws.uniform('ending')
  for (const [ending, { value }] of endingShares) {
    left -= value[colour]
    if (left < 0) return ending
  }
  return 'home'
}

const endingShares = [
  ['admitted', admissionShares],
  ['transferred', transferShares],
  ['died', deathShares],
  ['observed', observationShares],
] as const

const triageEvents = (colour: TriageColour, draws: EpisodeDraws): readonly EpisodeEvent[] =>
  colour === 'untriaged' ? [] : [event('triage', triagedMs(draws))]

const triagedMs = (draws: EpisodeDraws): number => draws.logNormalMs(triageDelay.value, 'triage')

const seenMs = (colour: TriageColour, draws: EpisodeDraws): number => {
  const { sigma, medianMinutes } = visitWaits.value
  return triagedMs(draws) + draws.logNormalMs({ medianMinutes: medianMinutes[colour], sigma }, 'wait')
}

/** Somewhere between triage and the visit that would have come. */
const leavesMs = (colour: TriageColour, draws: EpisodeDraws): number =>
  triagedMs(draws) + (0.1 + 0.9 * draws.uniform('patience')) * (seenMs(colour, draws) - triagedMs(draws))

const careEvents = (
  { colour, ending }: Pick<Episode, 'colour' | 'ending'>,
  draws: EpisodeDraws,
): readonly EpisodeEvent[] => {
  const seen = seenMs(colour, draws)
  const { sigma, medianMinutes, leastAfterVisitMinutes } = stays.value
  const stayMs = draws.logNormalMs({ medianMinutes: medianMinutes[colour], sigma }, 'stay')
  const reportedMs = Math.max(stayMs, seen + leastAfterVisitMinutes * minuteMs)
  return [
    event('visit', seen),
    ...orderEvents({ seenMs: seen, reportedMs, services: draws.poissonAbove1(meanServices(colour)) }, draws),
    event('report', reportedMs),
    event('close', reportedMs + closingMs(ending, draws)),
  ]
}

interface Care {
  readonly seenMs: number
  readonly reportedMs: number
  readonly services: number
}

/** Orders and their results in turn, at sorted random moments between the visit and the report. */
const orderEvents = ({ seenMs, reportedMs, services }: Care, draws: EpisodeDraws): readonly EpisodeEvent[] => {
  const { linesTogether, most } = orderRounds.value
  const orders = Math.min(most, Math.ceil(services / linesTogether))
  const moments = draws.sorted(2 * orders).map((at) => seenMs + (0.02 + 0.96 * at) * (reportedMs - seenMs))
  return Array.from({ length: orders }, (_, index) => {
    const of = Math.floor(services / orders) + (index < services % orders ? 1 : 0)
    return (['order', 'result'] as const).map(
      (kind, turn): EpisodeEvent => ({
        name: `${kind}.${index + 1}`,
        kind,
        afterMs: moments[2 * index + turn] ?? reportedMs,
        services: of,
      }),
    )
  }).flat()
}

/** From the report until the patient is gone. */
const closingMs = (ending: EpisodeEnding, draws: EpisodeDraws): number => {
  switch (ending) {
    case 'admitted': {
      const { meanMinutes, sigma } = boarding.value
      return draws.logNormalMs({ medianMinutes: meanMinutes / Math.exp(sigma ** 2 / 2), sigma }, 'closing')
    }
    case 'transferred':
      return draws.logNormalMs(transferDelay.value, 'closing')
    case 'home':
    case 'observed':
    case 'died':
    case 'left':
      return draws.uniform('closing') * 10 * minuteMs
  }
}

/** Images are taken between the last order and its results. */
const imagedMs = (colour: TriageColour, care: readonly EpisodeEvent[], draws: EpisodeDraws): number | undefined => {
  const ordered = care.findLast(({ kind }) => kind === 'order')
  const resulted = care.findLast(({ kind }) => kind === 'result')
  if (!ordered || !resulted || draws.uniform('images') >= imagingShares.value[colour]) return undefined
  return ordered.afterMs + draws.uniform('imaged') * (resulted.afterMs - ordered.afterMs)
}
