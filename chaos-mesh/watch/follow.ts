import { z } from 'zod'
import type { ApiStream } from '../api/connection.ts'
import type { Objects, Reference } from '../api/objects.ts'
import { ChaosMeshError } from '../chaos-mesh-error.ts'
import type { Clock } from '../clock.ts'
import { type Observed, readObserved } from '../status/observed.ts'

/** One look at an object. `gone`: it exists no more, and this is what was seen of it last, where anything was. */
export type Sighting =
  | { readonly kind: 'seen'; readonly object: Observed }
  | { readonly kind: 'gone'; readonly last: Observed | undefined }

/** What a watch needs. */
export interface Following {
  readonly objects: Objects
  readonly clock: Clock
  /** Ends it. */
  readonly signal: AbortSignal
  /** A watch that says nothing for so long is given up, and the object is looked at anew; absent: 5 s. */
  readonly silenceMs?: number
}

/** The server ends a watch by itself after so long, so that a look at the list comes again and again. */
const watchForSeconds = 25

const firstPauseMs = 250
const maxPauseMs = 5000

const watchEvent = z.object({ type: z.string(), object: z.looseObject({}) })

/**
 * Every state of one object that can be seen, until it is gone or the signal ends it. Lists first and watches from there; whatever happens to the
 * watch (silence, its end, 410, 429, a server that restarts), it lists again, so that nothing is missed for longer than that takes.
 * Throws what the first look throws when that can only be mended by somebody: credentials, rights, a kind that is not installed.
 */
export async function* follow(reference: Reference, following: Following): AsyncGenerator<Sighting, undefined> {
  const { objects, clock, signal } = following
  let last: Observed | undefined
  let hasWorked = false
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    const startedUnixMs = clock.nowUnixMs()
    try {
      const { object, resourceVersion } = await look(objects, reference, signal)
      hasWorked = true
      if (object === undefined) {
        yield { kind: 'gone', last }
        return
      }
      last = object
      yield { kind: 'seen', object }
      for await (const event of watched(reference, resourceVersion, following)) {
        last = event.object
        pauseMs = firstPauseMs
        yield event.isGone ? { kind: 'gone', last } : { kind: 'seen', object: last }
        if (event.isGone) return
      }
      // A watch that lasted is no reason to wait.
      if (clock.nowUnixMs() - startedUnixMs >= 1000) pauseMs = firstPauseMs
      else await clock.sleepUntil(clock.nowUnixMs() + pauseMs, signal)
    } catch (error) {
      if (!(error instanceof ChaosMeshError)) throw error
      if (!hasWorked && isFinal(error)) throw error
      await clock.sleepUntil(clock.nowUnixMs() + (error.retryAfterMs ?? pauseMs), signal)
    }
    pauseMs = Math.min(pauseMs * 2, maxPauseMs)
  }
}

/** Nothing that goes by itself. What has worked once is tried again: a server that starts refuses what it will allow. */
const isFinal = ({ kind }: ChaosMeshError): boolean =>
  kind === 'unauthorized' || kind === 'forbidden' || kind === 'not-installed'

const look = async (objects: Objects, { kind, namespace, name, uid }: Reference, signal: AbortSignal) => {
  const listed = await objects.list(kind, { namespace, fieldSelector: `metadata.name=${name}` }, signal)
  return {
    object: listed.objects.find(({ metadata }) => metadata.uid === uid),
    resourceVersion: listed.resourceVersion,
  }
}

interface Change {
  readonly isGone: boolean
  readonly object: Observed
}

/** The changes of one watch, until it ends, says nothing for too long, or tells of an error. */
async function* watched(
  reference: Reference,
  resourceVersion: string,
  { objects, clock, signal, silenceMs = 5000 }: Following,
): AsyncGenerator<Change, undefined> {
  const query = { resourceVersion, timeoutSeconds: String(watchForSeconds), allowWatchBookmarks: 'true' }
  const stream = await objects.watch(reference, query, signal)
  try {
    for (;;) {
      const line = await nextWithin(stream, silenceMs, clock)
      const event = line === undefined ? undefined : parsed(line)
      if (event === undefined || event.type === 'ERROR') return
      if (event.type === 'BOOKMARK') continue
      const object = readObserved(event.object)
      if (object.metadata.uid === reference.uid) yield { isGone: event.type === 'DELETED', object }
    }
  } finally {
    stream.close()
  }
}

const parsed = (line: string): z.infer<typeof watchEvent> | undefined => {
  try {
    return watchEvent.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

/** The next line; undefined when the stream has ended or says nothing for so long. */
const nextWithin = async (stream: ApiStream, silenceMs: number, clock: Clock): Promise<string | undefined> => {
  const isHere = new AbortController()
  const isSilent = clock.sleepUntil(clock.nowUnixMs() + silenceMs, isHere.signal)
  const line = await Promise.race([stream.next(), isSilent.then(() => undefined)])
  isHere.abort()
  return line
}
