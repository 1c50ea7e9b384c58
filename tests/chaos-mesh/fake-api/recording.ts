import { readdirSync, readFileSync } from 'node:fs'

/** An object as JSON, in no particular shape. */
export interface Json {
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace: string
    readonly uid: string
    readonly creationTimestamp: string
    readonly deletionTimestamp?: string
    readonly annotations?: Readonly<Record<string, string>>
    readonly labels?: Readonly<Record<string, string>>
    readonly resourceVersion?: string
  }
  readonly spec: Readonly<Record<string, unknown>>
}

/** A watch event of the real API server, and when it came, ms after the creation was asked for. */
export interface RecordedEvent {
  readonly at: number
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: Json
}

/** One object through its life, on the real controller. */
export interface Recording {
  readonly name: string
  readonly request: Json
  readonly events: readonly RecordedEvent[]
  /** What the controller told of it. */
  readonly coreEvents: readonly { readonly type: string; readonly message: string }[]
}

const folder = new URL('../recordings/', import.meta.url)

const read = (name: string, file: string): string => readFileSync(new URL(`${name}/${file}`, folder), 'utf8')

/** All of them by name. */
export const recordings: ReadonlyMap<string, Recording> = new Map(
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }): [string, Recording] => {
      const events: RecordedEvent[] = read(name, 'events.jsonl')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      const request: Json = JSON.parse(read(name, 'request.json'))
      return [name, { name, request, events, coreEvents: JSON.parse(read(name, 'core-events.json')) }]
    }),
)

/** The recording of this name; throws when there is none. */
export const recording = (name: string): Recording => {
  const found = recordings.get(name)
  if (found === undefined) throw new Error(`expected a recording, got ${name}`)
  return found
}
