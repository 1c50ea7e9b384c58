import { emergency } from '../emergency.ts'
import { watchBoard } from '../watch-board.ts'

/** Journeys of the emergency departments. */
export const emergencies = { emergency, watchBoard }
