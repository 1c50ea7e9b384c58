import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../../../chaos-mesh/api/connection.ts'
import { systemClock } from '../../../chaos-mesh/clock.ts'
import { apiVersion, experimentKinds } from '../../../chaos-mesh/kinds.ts'
import { type Json, type RecordedEvent, type Recording, recordings } from '../../chaos-mesh/fake-api/recording.ts'
import { type Misbehaviour, Replay } from '../../chaos-mesh/fake-api/replay.ts'

/** In place of the controller of Chaos Mesh: it does to objects of the API server what the real one was recorded doing. */
export interface StandIn {
  misbehaviour: Misbehaviour
  /** Recordings of objects that have another name now; a name may end with `*`. */
  readonly plays: Map<string, string>
  stop(): Promise<void>
}

interface Played {
  readonly replay: Replay
  readonly end: AbortController
  /** What is to be written, one after the other. */
  writing: Promise<void>
  isPaused: boolean
}

const lookEveryMs = 50
const pauseAnnotation = 'experiment.chaos-mesh.org/pause'
const forceAnnotation = 'chaos-mesh.chaos-mesh.org/cleanFinalizer'

/** Begins to look after every experiment of the cluster. */
export const startStandIn = (admin: Connection): StandIn => {
  const end = new AbortController()
  const playing = new Map<string, Played>()
  const self = { misbehaviour: 'none' as Misbehaviour, plays: new Map<string, string>() }
  const see = (plural: string, object: Json): void => {
    const { uid, name, namespace } = object.metadata
    const path = `/apis/${apiVersion}/namespaces/${namespace}/${plural}/${name}`
    const recording = recordings.get(playOf(name, self.plays))
    if (recording === undefined) return
    const played = playing.get(uid) ?? begin(admin, { path, object, recording, misbehaviour: self.misbehaviour })
    playing.set(uid, played)
    askWhatWasAsked(played, object)
  }
  const looking = (async () => {
    while (!end.signal.aborted) {
      for (const { plural } of Object.values(experimentKinds)) {
        for (const object of await listed(admin, plural)) see(plural, object)
      }
      await sleep(lookEveryMs)
    }
  })()
  return Object.assign(self, {
    async stop() {
      end.abort()
      await looking
      for (const { end: over } of playing.values()) over.abort()
      await Promise.all([...playing.values()].map(({ writing }) => writing))
    },
  })
}

const playOf = (name: string, plays: ReadonlyMap<string, string>): string =>
  [...plays].find(
    ([pattern]) => pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1))),
  )?.[1] ?? name

/** Nothing while the API server is away. */
const listed = async (admin: Connection, plural: string): Promise<readonly Json[]> => {
  const answer = await admin.send({ method: 'GET', path: `/apis/${apiVersion}/${plural}` }).catch(() => undefined)
  return answer?.status === 200 ? Object(answer.body).items : []
}

const askWhatWasAsked = (played: Played, { metadata }: Json): void => {
  const { replay } = played
  const isPaused = metadata.annotations?.[pauseAnnotation] === 'true'
  if (metadata.deletionTimestamp !== undefined) replay.ask('delete')
  if (metadata.annotations?.[forceAnnotation] !== undefined) replay.ask('force')
  if (isPaused) replay.ask('pause')
  if (played.isPaused && !isPaused) replay.ask('resume')
  played.isPaused = isPaused
}

interface Beginning {
  readonly path: string
  readonly object: Json
  readonly recording: Recording
  readonly misbehaviour: Misbehaviour
}

const begin = (admin: Connection, { path, object, recording, misbehaviour }: Beginning): Played => {
  const played: Played = {
    replay: new Replay(),
    end: new AbortController(),
    writing: tell(admin, object, recording),
    isPaused: false,
  }
  const { signal } = played.end
  const emit = (event: RecordedEvent) => {
    const write = () => written(admin, { path, body: patchOf(event, object.metadata.uid), signal })
    played.writing = played.writing.then(write)
  }
  void played.replay.play(recording, { clock: systemClock, signal, misbehaviour, emit })
  return played
}

/** An object that is deleted stays as long as it has finalizers. */
const patchOf = ({ type, object }: RecordedEvent, uid: string) => {
  const { finalizers } = Object(object.metadata)
  const { status } = Object(object)
  return { metadata: { uid, finalizers: type === 'DELETED' ? null : (finalizers ?? null) }, status }
}

interface Writing {
  readonly path: string
  readonly body: object
  readonly signal: AbortSignal
}

/** Until the API server has taken it, or has said that the object is gone. */
const written = async (admin: Connection, { path, body, signal }: Writing): Promise<void> => {
  while (!signal.aborted) {
    const answer = await admin.send({ method: 'PATCH', path, body }).catch(() => undefined)
    if (answer !== undefined && [200, 404, 409, 422].includes(answer.status)) return
    await sleep(lookEveryMs)
  }
}

/** The events of an object. */
const tell = async (admin: Connection, { kind, metadata }: Json, { coreEvents }: Recording): Promise<void> => {
  const { name, namespace, uid } = metadata
  for (const [index, event] of coreEvents.entries()) {
    const body = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${uid.slice(0, 8)}.${index}`, namespace },
      involvedObject: { apiVersion, kind: kind ?? '', name, namespace, uid },
      type: event.type,
      message: event.message,
      reason: 'Recorded',
      source: { component: 'stand-in' },
    }
    await admin.send({ method: 'POST', path: `/api/v1/namespaces/${namespace}/events`, body }).catch(() => undefined)
  }
}
