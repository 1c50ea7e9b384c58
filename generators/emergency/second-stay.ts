import { observationStay, receivedStay, transferJourney } from '../../region/emergency-care.ts'
import { emergencyDepartments } from '../../region/emergency-departments.ts'
import type { EpisodeDraws } from './episode-draws.ts'
import { type EpisodeEvent, event } from './episode-event.ts'

/** How an access ends. */
export type EpisodeEnding = 'home' | 'observed' | 'admitted' | 'transferred' | 'died' | 'left'

/** Where somebody stays after the access: under observation in the same department, or in the hospital that they were taken to. */
export interface SecondStay {
  readonly kind: 'observation' | 'transfer'
  /** Index of the department. */
  readonly department: number
}

const minuteMs = 60_000

/** Where a stay goes on that has ended like this in a department; undefined where it does not. */
export const secondStayOf = (
  { ending, department }: { readonly ending: EpisodeEnding; readonly department: number },
  draws: EpisodeDraws,
): SecondStay | undefined => {
  if (ending === 'observed') return { kind: 'observation', department }
  if (ending !== 'transferred') return undefined
  // Departments of the highest tier take those whom the others cannot keep.
  const others = emergencyDepartments.value.filter(({ tier, index }) => tier === 'DEA II' && index !== department)
  const receiver = others[Math.floor(draws.uniform('receiver') * others.length)]
  return { kind: 'transfer', department: receiver?.index ?? department }
}

/** What is entered about it, from the end of the access on. */
export const secondEvents = (
  { ending, closedMs }: { readonly ending: EpisodeEnding; readonly closedMs: number },
  draws: EpisodeDraws,
): readonly EpisodeEvent[] => {
  switch (ending) {
    case 'observed': {
      const { mostMinutes, ...stay } = observationStay.value
      const stayMs = Math.min(draws.logNormalMs(stay, 'secondStay'), mostMinutes * minuteMs)
      return secondStayEvents(closedMs + draws.uniform('journey') * 5 * minuteMs, stayMs)
    }
    case 'transferred': {
      const receivedMs = closedMs + draws.logNormalMs(transferJourney.value, 'journey')
      return secondStayEvents(receivedMs, draws.logNormalMs(receivedStay.value, 'secondStay'))
    }
    case 'home':
    case 'admitted':
    case 'died':
    case 'left':
      return []
  }
}

const secondStayEvents = (fromMs: number, stayMs: number): readonly EpisodeEvent[] => [
  event('take-over', fromMs),
  event('leave', fromMs + stayMs),
]
