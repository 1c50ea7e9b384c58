import type { FaultResult, Resilience, RunRecord } from '../../model/run-record.ts'
import { formatMs, formatRatio } from '../format.ts'

const held = {
  yes: 'The hypothesis held',
  no: 'The hypothesis did not hold',
  unknown: 'Nothing can be said of the hypothesis',
} as const

/** Whether the hypothesis held, in words. */
export const hypothesisSentence = ({ hypothesis, held: how }: Resilience): string => `${held[how]}: ${hypothesis}.`

/** What an experiment came to: hypothesis, faults, users; a sentence each. Empty for a run without one. */
export const experimentSentences = ({ resilience, faults }: RunRecord): readonly string[] => {
  if (!resilience) return []
  const [all] = resilience.streams
  const score = resilience.scoreRatio === null ? [] : [`Score: ${Math.round(resilience.scoreRatio * 100)} of 100.`]
  const gray =
    resilience.grayMs === 0
      ? []
      : [`For ${formatMs(resilience.grayMs)} users were worse off than usual while every health check was well.`]
  return [
    hypothesisSentence(resilience),
    ...faults.map(faultSentence),
    ...(all ? [usersSentence(all)] : []),
    ...reliefSentences(resilience),
    ...gray,
    ...score,
  ]
}

/** What less load did, where it was needed. */
export const reliefSentences = ({ relief }: Resilience): readonly string[] => {
  if (!relief) return []
  const { steps, healedAtLoadRatio } = relief
  const seen = steps.map(({ loadRatio, goodRatio }) => `${formatRatio(goodRatio)} good at ${formatRatio(loadRatio)}`)
  const end =
    healedAtLoadRatio === null
      ? 'not even with the least'
      : `with ${formatRatio(healedAtLoadRatio)}: a hysteresis of ${formatRatio(1 - healedAtLoadRatio)}`
  return [`Under all of the load users did not get well again, with less of it ${end} (${seen.join(', ')}).`]
}

export const faultSentence = ({
  kind,
  component,
  injectedMs,
  provenMs,
  restoredMs,
  goneMs,
  proof,
}: FaultResult): string => {
  const what = `${kind} on ${component}`
  if (injectedMs === null) return `${what}: not made, ${proof}.`
  const until = restoredMs === null ? 'not ended' : `ended at ${formatMs(restoredMs)}`
  const effect =
    provenMs === null ? `no effect (${proof})` : `proven after ${formatMs(provenMs - injectedMs)} (${proof})`
  const gone = goneMs === null ? 'its effect stayed' : `gone ${formatMs(goneMs - (restoredMs ?? goneMs))} later`
  return `${what}: from ${formatMs(injectedMs)}, ${effect}; ${until}, ${gone}.`
}

type Users = Resilience['streams'][number]

export const usersSentence = (users: Users): string => {
  const before = `${users.stream === '*' ? 'All users' : users.stream}: ${formatRatio(users.usualRatio)} of steps good before`
  if (users.toImpactMs === null) return `${before}; not hit.`
  const alarm = users.toDetectMs === null ? 'no alarm' : `an alarm after ${formatMs(users.toDetectMs)}`
  const well =
    users.toRecoverMs === null
      ? 'not well again while it was looked'
      : `well again ${formatMs(users.toRecoverMs)} after its end`
  return `${before}, ${formatRatio(users.worstRatio)} in the worst stretch; hit after ${formatMs(users.toImpactMs)}, ${alarm}, ${well}; ${formatRatio(users.lossRatio)} of what is usual lost.`
}
