import type { JourneyOutcome, StepOutcome, WriteKind, WriteState } from './outcome.ts'

/** Who emitted a sample: the k6 VU and its own running number, in which a gap means a lost sample. */
export interface Origin {
  readonly actor: number
  readonly sequence: number
}

/** A row was taken up. Times are ms since T0; `row` is its index in the stream's timetable. */
export interface RowStarted {
  readonly kind: 'row'
  readonly stream: string
  readonly row: number
  readonly dueMs: number
  readonly takenMs: number
  readonly startedMs: number
}

/** One step of a journey, emitted when it ended; it belongs to the time bin in which it started. */
export interface StepDone {
  readonly kind: 'step'
  readonly stream: string
  readonly journey: string
  readonly step: string
  readonly row: number
  readonly outcome: StepOutcome
  readonly startedMs: number
  /** Wall time from the start of the step, connecting included. */
  readonly durationMs: number
  /** Only on the first step of a journey that begins in the run: end of the step minus the moment the row was due. */
  readonly fromDueMs?: number | undefined
  /** Only on a step that did not end `ok`: HTTP status (0 = none), W3C trace id and the start of the redacted body. */
  readonly evidence?: { readonly status: number; readonly traceId: string; readonly body: string } | undefined
}

/** One change of what is known of a write. `identifier` names the appointment, task, payment or event; slots and patient are FHIR ids. */
export interface Write {
  readonly kind: 'write'
  readonly write: WriteKind
  readonly state: WriteState
  readonly stream: string
  readonly row: number
  readonly atMs: number
  readonly identifier: string
  readonly patient: string
  /** FHIR id of the slot the write is about; empty where there is none, as for an acceptance. */
  readonly slot: string
  /** Only on a move: the slot that it leaves. */
  readonly fromSlot?: string | undefined
  /** Only on an event of an episode, and on images: how many it writes. */
  readonly parts?: number | undefined
  /** Only on a document: SHA-1 of its bytes, in base64. */
  readonly digest?: string | undefined
}

/** The caller of a row gave up before an actor was free, or was sent away when the drain ended; no journey began. */
export interface RowAbandoned {
  readonly kind: 'abandoned'
  readonly stream: string
  readonly journey: string
  readonly row: number
  readonly dueMs: number
  /** Due time and patience, or the end of the drain. */
  readonly leftMs: number
}

/** Somebody was shown what is another's. */
export interface Disclosed {
  readonly kind: 'disclosed'
  readonly stream: string
  readonly row: number
  readonly atMs: number
  /** FHIR id of whose things were asked for; empty for somebody who may see nothing. */
  readonly patient: string
  /** What was shown, `Type/id`, and of whom, `Patient/id`. */
  readonly shown: string
  readonly owner: string
}

/** A row's journey came to its end. */
export interface RowEnded {
  readonly kind: 'end'
  readonly stream: string
  readonly journey: string
  readonly row: number
  readonly outcome: JourneyOutcome
  readonly endedMs: number
}

/** The run's zero on the wall clock (Unix ms), emitted once by k6's setup. */
export interface ClockSet {
  readonly kind: 'clock'
  readonly t0UnixMs: number
}

/** One of several load generators on machines apart has begun; from its setup. */
export interface PartBegan {
  readonly kind: 'part'
  /** Which share of the rows it takes, from 0, of how many. */
  readonly part: number
  readonly parts: number
  /** Of its plan. */
  readonly fingerprint: string
  /** Undefined where the target tells no time. */
  readonly offset?: ClockOffset | undefined
}

/** How much the target's clock is ahead of a machine's: something between the two, in ms. */
export interface ClockOffset {
  readonly leastMs: number
  readonly mostMs: number
}

/** It has come to its end by itself, or when told to; from its teardown. Its actors are gone: it has a running number of its own. */
export interface PartEnded {
  readonly kind: 'part-ended'
  readonly atMs: number
}

/** What is told of a run. */
export type RunSample = RowStarted | RowAbandoned | StepDone | Write | Disclosed | RowEnded | ClockSet

/** What a load generator tells the collector; it crosses from k6 to Node as metadata of the counter `collaudo`. */
export type Sample = RunSample | PartBegan | PartEnded
