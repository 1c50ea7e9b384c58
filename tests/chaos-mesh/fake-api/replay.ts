import type { Clock } from '../../../chaos-mesh/clock.ts'
import type { Json, RecordedEvent, Recording } from './recording.ts'

/** What somebody asks of an object, and the recorded controller answered. */
export type Act = 'delete' | 'pause' | 'resume' | 'force'

/** How a controller can misbehave beyond what was recorded. */
export type Misbehaviour = 'none' | 'never-deletes' | 'never-injects'

const pause = 'experiment.chaos-mesh.org/pause'
const force = 'chaos-mesh.chaos-mesh.org/cleanFinalizer'

/** What somebody must have asked for between two recorded states. */
const actBetween = (before: Json | undefined, { metadata }: Json): Act | undefined => {
  const earlier = before?.metadata
  if (metadata.deletionTimestamp !== undefined && earlier?.deletionTimestamp === undefined) return 'delete'
  if (metadata.annotations?.[force] !== undefined && earlier?.annotations?.[force] === undefined) return 'force'
  const isPaused = metadata.annotations?.[pause] !== undefined
  const wasPaused = earlier?.annotations?.[pause] !== undefined
  if (isPaused === wasPaused) return undefined
  return isPaused ? 'pause' : 'resume'
}

const isInjecting = ({ object }: RecordedEvent): boolean => JSON.stringify(object).includes('containerRecords')

interface Replaying {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly misbehaviour: Misbehaviour
  readonly emit: (event: RecordedEvent) => void
}

/** Plays a recording with its own pauses; where somebody acted then it waits until somebody acts now. */
export class Replay {
  readonly #asked = new Set<Act>()
  readonly #waiting = new Map<Act, () => void>()

  /** Somebody asks for it. */
  ask(act: Act): void {
    this.#asked.add(act)
    this.#waiting.get(act)?.()
  }

  async play({ events }: Recording, { clock, signal, misbehaviour, emit }: Replaying): Promise<void> {
    let zeroUnixMs = clock.nowUnixMs() - (events[0]?.at ?? 0)
    for (const [index, event] of events.entries()) {
      const act = actBetween(events[index - 1]?.object, event.object)
      if (misbehaviour === 'never-injects' && isInjecting(event)) return
      if (misbehaviour === 'never-deletes' && event.type === 'DELETED') return
      if (act !== undefined) {
        await this.#untilAsked(act)
        zeroUnixMs = clock.nowUnixMs() - event.at
      }
      await clock.sleepUntil(zeroUnixMs + event.at, signal)
      if (signal.aborted) return
      emit(event)
    }
  }

  #untilAsked(act: Act): Promise<void> {
    if (this.#asked.has(act)) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.set(act, resolve))
  }
}
