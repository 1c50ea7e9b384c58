import { servicesPerAccess } from '../generators/emergency/services.ts'
import { meanStudy, studyBytes, studyOf } from '../generators/imaging/study.ts'
import { documentOf } from '../generators/reports/document.ts'
import { meanDocumentBytes } from '../generators/reports/mean-document-bytes.ts'
import type { ImageSize, Plan } from '../model/plan.ts'
import type { Action } from '../model/scenario.ts'
import { emergencyModalities } from '../region/emergency-imaging.ts'
import { operationOf } from '../region/operations.ts'
import type { DrawnStream } from './drawn-plan.ts'
import { isEpisodic } from './episodic.ts'

type Counts = Plan['totals'][string]

/** What the rows of a plan come to in the region's units; only those that its streams have. */
export const totalsOf = (
  streams: readonly DrawnStream[],
  { imageSize, warmUpMs }: { readonly imageSize: ImageSize | undefined; readonly warmUpMs: number },
): Plan['totals'] => ({
  ...operationTotals(streams),
  ...actionTotals(streams, { action: 'publish', unit: 'documents' }),
  ...byteTotals(streams),
  ...actionTotals(streams, { action: 'televisit', unit: 'televisits' }),
  ...(imageSize && studyTotals(streams, imageSize, warmUpMs)),
  ...(imageSize && moveTotals(streams, imageSize, warmUpMs)),
  ...emergencyTotals(streams.filter(({ timetable }) => isEpisodic(timetable.spec))),
})

const operationTotals = (streams: readonly DrawnStream[]): Plan['totals'] => {
  const counted = streams.flatMap(({ planned: { channel, actions } }) =>
    actions.flatMap((of) => {
      const owner = operationOf(of.action, channel)
      return owner ? [{ owner, ...of }] : []
    }),
  )
  if (counted.length === 0) return {}
  return {
    operations: sumOf(counted),
    ownOperations: sumOf(counted.filter(({ owner }) => owner === 'own')),
    privateOperations: sumOf(counted.filter(({ owner }) => owner === 'private')),
  }
}

/** Bytes of the documents that are published inside the slice. */
const byteTotals = (streams: readonly DrawnStream[]): Plan['totals'] => {
  const { documents } = actionTotals(streams, { action: 'publish', unit: 'documents' })
  if (!documents) return {}
  const published = streams.flatMap(({ timetable }) => timetable.rows.filter(({ journey }) => journey === 'publish'))
  const drawn = published.reduce((sum, { seed }) => sum + documentOf(seed).sizeBytes, 0)
  return { bytes: { expected: documents.expected * meanDocumentBytes(), drawn } }
}

/** Studies that are made inside the slice, their images, and the bytes of these. */
const studyTotals = (streams: readonly DrawnStream[], size: ImageSize, warmUpMs: number): Plan['totals'] => {
  const { studies } = actionTotals(streams, { action: 'store-study', unit: 'studies' })
  if (!studies) return {}
  const made = studiesIn(streams, 'store-study', warmUpMs).map((seed) => studyOf({ seed, nth: 0 }, size))
  const expected = expectedStudies(streams, size)
  return {
    studies,
    images: {
      expected: sum(expected, ({ studies: of, mean }) => of * mean.instances),
      drawn: sum(made, ({ instances }) => instances),
    },
    imageBytes: {
      expected: sum(expected, ({ studies: of, mean }) => of * mean.bytes),
      drawn: sum(made, (study) => studyBytes(study, size)),
    },
  }
}

/** Studies of each stream with what one of them is like: emergency departments have some kinds made and others not. */
const expectedStudies = (streams: readonly DrawnStream[], size: ImageSize) =>
  streams.map(({ planned, timetable }) => ({
    studies: sum(
      planned.actions.filter(({ action }) => action === 'store-study'),
      ({ expected }) => expected,
    ),
    mean: meanStudy(size, timetable.spec.follows?.kind === 'images' ? emergencyModalities.value : undefined),
  }))

const sum = <T>(of: readonly T[], value: (one: T) => number): number => of.reduce((all, one) => all + value(one), 0)

/** Studies that are moved inside the slice, and their bytes. */
const moveTotals = (streams: readonly DrawnStream[], size: ImageSize, warmUpMs: number): Plan['totals'] => {
  const { moves } = actionTotals(streams, { action: 'move-study', unit: 'moves' })
  if (!moves) return {}
  const drawn = studiesIn(streams, 'move-study', warmUpMs).reduce(
    (sum, seed) => sum + studyBytes(studyOf({ seed, nth: 0 }, size), size),
    0,
  )
  return { moves, movedBytes: { expected: moves.expected * meanStudy(size).bytes, drawn } }
}

/** Seeds of the rows that begin such a journey inside the slice. */
const studiesIn = (streams: readonly DrawnStream[], action: Action, warmUpMs: number): readonly number[] =>
  streams.flatMap(({ timetable }) =>
    timetable.rows
      .filter(({ journey, step, dueMs }) => journey === action && step !== 'confirm' && dueMs >= warmUpMs)
      .map(({ seed }) => seed),
  )

const actionTotals = (
  streams: readonly DrawnStream[],
  { action, unit }: { readonly action: Action; readonly unit: string },
): Plan['totals'] => {
  const counted = streams.flatMap(({ planned }) => planned.actions.filter((of) => of.action === action))
  return counted.length === 0 ? {} : { [unit]: sumOf(counted) }
}

/** Accesses that begin inside the slice, and the services that will be ordered for them. */
const emergencyTotals = (streams: readonly DrawnStream[]): Plan['totals'] => {
  if (streams.length === 0) return {}
  const accesses = sumOf(streams.map(({ planned }) => planned))
  const drawn = streams.reduce((sum, { timetable }) => sum + (timetable.services ?? 0), 0)
  return { accesses, services: { expected: accesses.expected * servicesPerAccess, drawn } }
}

const sumOf = (of: readonly Counts[]): Counts => ({
  expected: of.reduce((sum, { expected }) => sum + expected, 0),
  drawn: of.reduce((sum, { drawn }) => sum + drawn, 0),
})
