import { trialSentence } from '../results/reports/capacity/trial-in-words.ts'
import type { CapacityEvents } from '../runner/capacity.ts'
import type { Output } from './output.ts'

/** Shows a search while it goes on: a line for each trial, and what the one under way does. */
export const capacityEvents = (output: Output): CapacityEvents => ({
  searching: (without) => output.phase(`again, without ${without}`),
  phase: (text) => output.live(text),
  trial: (trial) => output.phase(trialSentence(trial)),
})
