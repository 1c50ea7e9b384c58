import { hash32 } from '../hash32.ts'

/**
 * What tells a study from all others, and all that its content follows from. Its UIDs hold it, so whoever reads an image
 * anywhere can tell, bit for bit, what it must be.
 */
export interface StudyKey {
  /** Of the namespace of the run, `runDigits`. */
  readonly run: string
  /** Ordinal of the stream in the plan. */
  readonly stream: number
  /** Number of its row, or of its patient in the archive. */
  readonly row: number
  /** Of the row: 0 is the study itself, the others are earlier ones of the patient. */
  readonly nth: number
  readonly seed: number
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

/** Ten digits that stand for the namespace of a run. */
export const runDigits = (namespace: string): string => digits(hash32(namespace), 10)

const kinds = { study: 1, series: 2, instance: 3 } as const

/** Length of every UID, bytes: an even number, so that no padding follows. */
export const uidBytes = 44

/**
 * UIDs below 2.25, the arc of numbers of 128 bits: 1, run 10, stream 3, row 8, nth 1, seed 10, number 5, kind 1 digits.
 * All have the same length, so that a template is patched in place.
 */
const uidOf = ({ run, stream, row, nth, seed }: StudyKey, number: number, kind: number): string =>
  `2.25.1${run}${digits(stream, 3)}${digits(row, 8)}${nth}${digits(seed, 10)}${digits(number, 5)}${kind}`

export const studyUid = (key: StudyKey): string => uidOf(key, 0, kinds.study)
/** `series` from 0. */
export const seriesUid = (key: StudyKey, series: number): string => uidOf(key, series, kinds.series)
/** `instance` from 0, counted over the whole study. */
export const instanceUid = (key: StudyKey, instance: number): string => uidOf(key, instance, kinds.instance)

const pattern = /^2\.25\.1(\d{10})(\d{3})(\d{8})(\d)(\d{10})(\d{5})([123])$/

/** The key of a UID, and its number; undefined for one that is not ours. */
export const keyOfUid = (uid: string): { readonly key: StudyKey; readonly number: number } | undefined => {
  const [, run = '', stream, row, nth, seed, number] = pattern.exec(uid) ?? []
  if (number === undefined) return undefined
  const key = { run, stream: Number(stream), row: Number(row), nth: Number(nth), seed: Number(seed) }
  return { key, number: Number(number) }
}

/** Accession number of a study, 16 bytes. */
export const accessionNumber = ({ stream, row, nth }: StudyKey): string =>
  `${digits(stream, 3)}${digits(row, 12)}${nth}`

/** Name of every patient of a run, 24 bytes: by it a clean-up finds what the run has made. */
export const patientName = (run: string): string => `COLLAUDO^R${run}`.padEnd(24)
