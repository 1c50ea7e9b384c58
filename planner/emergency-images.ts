import { episodeOf } from '../generators/emergency/episode.ts'
import { imagesSeedOf } from '../generators/emergency/images-seed.ts'
import { studyOf } from '../generators/imaging/study.ts'
import type { Row } from '../model/row.ts'
import type { PlannedEpisode } from './planned-episode.ts'
import type { RunClock } from './run-clock.ts'
import { settledAfterMs } from './settle.ts'

/** Rows whose subject is the index of an episode: devices store the images that are taken while the run lasts. */
export const imagesRows = (episodes: readonly PlannedEpisode[], clock: RunClock): readonly Row[] =>
  episodes.flatMap(({ seed, arrivalMs }, subject): readonly Row[] => {
    const dueMs = imagedMs({ seed, arrivalMs }, clock)
    if (dueMs === undefined || dueMs < 0) return []
    return [{ dueMs, journey: 'store-study', step: 'store', subject, seed: imagesSeedOf(seed) }]
  })

/** The same of those who are brought to another hospital after images were taken: it fetches them as soon as they are all there. */
export const transferRows = (episodes: readonly PlannedEpisode[], clock: RunClock): readonly Row[] =>
  episodes.flatMap(({ seed, arrivalMs }, subject): readonly Row[] => {
    const { second, events } = episodeOf(seed)
    const takenMs = imagedMs({ seed, arrivalMs }, clock)
    if (second?.kind !== 'transfer' || takenMs === undefined) return []
    const receivedMs = arrivalMs + afterMs(events, 'take-over') * clock.map.stretch
    if (receivedMs < 0) return []
    const study = imagesSeedOf(seed)
    const dueMs = Math.max(receivedMs, takenMs + settledAfterMs(requestsOf(study)))
    return [{ dueMs, journey: 'fetch-study', step: 'find', subject, seed: study }]
  })

/** Of a heavy archive, which has the most. */
const requestsOf = (seed: number): number => {
  const { kind, instances } = studyOf({ seed, nth: 0 }, 'heavy')
  return Math.ceil(instances / kind.perRequest)
}

const imagedMs = ({ seed, arrivalMs }: Omit<PlannedEpisode, 'behind'>, { map }: RunClock): number | undefined => {
  const { imagedAfterMs } = episodeOf(seed)
  return imagedAfterMs === undefined ? undefined : arrivalMs + imagedAfterMs * map.stretch
}

const afterMs = (events: ReturnType<typeof episodeOf>['events'], wanted: string): number =>
  events.find(({ kind }) => kind === wanted)?.afterMs ?? 0
