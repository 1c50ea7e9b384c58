import type { Plan } from '../model/plan.ts'
import type { Scenario } from '../model/scenario.ts'
import type { RunClock } from './run-clock.ts'

/** A time on paper, on the run's clock. */
export type Paper = NonNullable<Plan['paper']>

/** When a scenario's emergency departments write on paper; undefined where they need not. */
export const paperOf = ({ paper }: Scenario, { warmUpMs, durationMs }: RunClock): Paper | undefined => {
  if (!paper) return undefined
  const at = (ratio: number) => warmUpMs + ratio * (durationMs - warmUpMs)
  const [fromMs, toMs] = [at(paper.fromRatio), at(paper.toRatio)]
  return { fromMs, toMs, enteredMs: toMs + paper.entryRatio * (toMs - fromMs) }
}

/**
 * When events of one episode, in their order, are entered. What happens on paper follows the outage in the order in which it happened,
 * only faster: t′ = to + (t − from) × (entered − to) / (to − from). What comes after it waits until the paper of its episode is in.
 */
export const enteredAt = <T extends { readonly dueMs: number }>(
  events: readonly T[],
  paper: Paper | undefined,
): T[] => {
  let lastMs = Number.NEGATIVE_INFINITY
  return events.map((event) => {
    lastMs = Math.max(lastMs, paper ? offPaperMs(event.dueMs, paper) : event.dueMs)
    return { ...event, dueMs: lastMs }
  })
}

const offPaperMs = (happenedMs: number, { fromMs, toMs, enteredMs }: Paper): number =>
  happenedMs < fromMs || happenedMs >= toMs
    ? happenedMs
    : toMs + ((happenedMs - fromMs) * (enteredMs - toMs)) / (toMs - fromMs)

/** How much more is entered in a second than happens, while paper is entered beside the day's work. */
export const entryRate = ({ fromMs, toMs, enteredMs }: Paper): number => 1 + (toMs - fromMs) / (enteredMs - toMs)
