import type { Plan, PlannedStream } from '../model/plan.ts'

/** What journeys need of a plan, and nothing else. */
export const walkedPlan = ({
  seed,
  durationMs,
  drainCapMs,
  imageSize,
  cutoverMs,
  searchArea,
  fingerprint,
  streams,
}: Plan) => ({
  seed,
  durationMs,
  drainCapMs,
  imageSize,
  cutoverMs,
  searchArea,
  fingerprint,
  streams: streams.map(walkedStream),
})

const walkedStream = ({ name, channel, connection, actions, pool, calls }: PlannedStream, ordinal: number) => ({
  ordinal,
  name,
  channel,
  connection,
  actions: actions.map(({ action }) => ({ action })),
  pool,
  calls,
})

export type WalkedPlan = ReturnType<typeof walkedPlan>
/** A stream of the plan, as journeys know it. */
export type WalkedStream = WalkedPlan['streams'][number]
