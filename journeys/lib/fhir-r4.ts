import type { RefinedResponse } from 'k6/http'
import type { JourneyOutcome, StepOutcome } from '../../model/outcome.ts'

type AnyResponse = RefinedResponse<'text'> | RefinedResponse<'binary'>

/** k6's error code for a request that got no answer in time. */
const requestTimeoutCode = 1050

/** Statuses by which servers tell the loser of a race: a failed JSON Patch `test` or a stale If-Match. */
const lostRaceStatuses: readonly number[] = [400, 409, 412]

/** What was asked, as far as the meaning of the answer depends on it. */
interface Asked {
  /** Exactly one of many such requests can win. */
  readonly contended: boolean
  /** What has to come, or a part of its name. */
  readonly mediaType: string
  /** Whether nothing may come: a server that is asked for the least need not say what type nothing is. */
  readonly mayBeEmpty: boolean
}

/** What an answer means. */
export const outcomeOf = (response: AnyResponse, { contended, mediaType, mayBeEmpty }: Asked): StepOutcome => {
  const { status } = response
  if (status === 0) return response.error_code === requestTimeoutCode ? 'timed-out' : 'unreachable'
  if (status < 300) return isOf(response, mediaType) || (mayBeEmpty && isEmpty(response)) ? 'ok' : 'failed'
  if (status === 429 || (status === 503 && response.headers['Retry-After'] !== undefined)) return 'throttled'
  if (status >= 500 || status < 400) return 'failed'
  return contended && lostRaceStatuses.includes(status) ? 'lost-race' : 'refused'
}

/** A login page or a proxy's error page answers 200 too. */
const isOf = (response: AnyResponse, mediaType: string): boolean =>
  (response.headers['Content-Type'] ?? '').includes(mediaType)

const isEmpty = ({ body }: AnyResponse): boolean => body === null || body === ''

/** Whether the server may have carried out a write whose answer means this. */
export const isUnknown = (outcome: StepOutcome): boolean =>
  outcome === 'failed' || outcome === 'throttled' || outcome === 'timed-out' || outcome === 'unreachable'

/** How a journey ends whose decisive step ended like this. */
export const endingOf = (outcome: StepOutcome): JourneyOutcome => {
  switch (outcome) {
    case 'ok':
      return 'done'
    case 'empty':
      return 'no-offer'
    case 'lost-race':
    case 'refused':
      return outcome
    case 'throttled':
    case 'failed':
    case 'unreachable':
    case 'timed-out':
      return 'failed'
  }
}

/** Whether the answer to a batch tells of an entry that was refused or failed; a resource in it has a status too, but no number. */
export const hasFailedEntry = (body: string): boolean => /"status"\s*:\s*"[45]\d\d/.test(body)
