import type { Plan, PlannedStream } from '../model/plan.ts'

/** What journeys need of a plan. Every actor of k6 keeps it, so there is nothing else in it. */
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

const walkedStream = ({ name, channel, connection, actions, pool, calls }: PlannedStream) => ({
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
