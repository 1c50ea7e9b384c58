import type { ImageSize, Plan } from '../../model/plan.ts'
import { archivedPatients, priorsPerReading } from '../../region/imaging.ts'
import { hash32 } from '../hash32.ts'
import { rowDraws } from '../row-draws.ts'
import { rowUniform } from '../row-uniform.ts'
import { type Study, studyOf } from './study.ts'
import type { StudyKey } from './uids.ts'

/** In place of a stream's ordinal: studies that lie ready before a run, and belong to no row. */
const archiveStream = 999

/** People whose images lie ready have numbers that no stream's patients have. */
const firstArchivedPerson = 90_000_000_000

/** Fractional part of the golden ratio: its multiples are spread evenly, however many there are. */
const golden = 0.618_033_988_749_895

/** Number of the person who is a patient of the archive. */
export const archivedPerson = (patient: number): number => firstArchivedPerson + patient

/** Key of the `nth` study of a patient of the archive; 0 is the one to be read, the others are earlier ones. */
export const archiveKey = (
  { run, seed }: { readonly run: string; readonly seed: number },
  patient: number,
  nth: number,
): StudyKey => ({ run, stream: archiveStream, row: patient, nth, seed: hash32(`${seed}.${patient}`) })

/** Studies of a patient of the archive: the one to be read, and earlier ones, on the mean as many as a radiologist fetches. */
export const archivedStudies = (patient: number): number =>
  1 + (patient % 2 === 0 ? Math.floor(priorsPerReading.value) : Math.ceil(priorsPerReading.value))

/** The patient of the archive whose images a row asks for. */
export const archivedPatientOf = (rowSeed: number): number =>
  Math.floor(rowUniform(rowSeed, rowDraws.study) * archivedPatients.value)

/** The study of a key. The patients of an archive share the mix of kinds between them. */
export const studyOfKey = (key: StudyKey, size: ImageSize): Study =>
  studyOf({ ...key, quantile: key.stream === archiveStream ? (0.5 + key.row * golden) % 1 : undefined }, size)

/** Whether somebody reads what lies ready. */
export const hasReaders = (streams: Plan['streams']): boolean =>
  streams.some(({ actions }) => actions.some(({ action }) => action === 'read-study' || action === 'share-study'))

/** Keys of all studies of the archive. */
export const archiveKeys = (of: { readonly run: string; readonly seed: number }): readonly StudyKey[] =>
  Array.from({ length: archivedPatients.value }, (_, patient) =>
    Array.from({ length: archivedStudies(patient) }, (_, nth) => archiveKey(of, patient, nth)),
  ).flat()
