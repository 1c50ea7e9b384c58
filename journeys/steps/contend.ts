import type { StepOutcome } from '../../model/outcome.ts'
import type { Visit } from '../lib/visit.ts'
import { search } from './search.ts'

/** Slots somebody tries when others are quicker, before giving up: whoever has come for a booking goes on for a while. Assumption. */
const attempts = 5

/** Tries the chosen slots, and after a lost race searches and tries others. */
export const contend = (visit: Visit, attempt: () => StepOutcome): StepOutcome => {
  for (let left = attempts; ; left--) {
    if (visit.progress.slots.length === 0) {
      const found = search(visit)
      if (found !== 'ok') return found
      visit.think('search')
    }
    const outcome = attempt()
    if (outcome !== 'lost-race' || left === 1) return outcome
    visit.progress.slots = []
  }
}
