import { episodeOf } from '../generators/emergency/episode.ts'
import { standingOf } from '../generators/emergency/standing.ts'
import { archiveKeys, hasReaders, studyOfKey } from '../generators/imaging/archive.ts'
import { studyBytes } from '../generators/imaging/study.ts'
import type { StudyKey } from '../generators/imaging/uids.ts'
import { documentOf } from '../generators/reports/document.ts'
import type { ImageSize, Plan } from '../model/plan.ts'
import { emergencyDepartments } from '../region/emergency-departments.ts'
import { structures } from '../region/structures.ts'
import type { Agenda } from './agendas.ts'
import type { DrawnStream } from './drawn-plan.ts'
import type { EmergencyPatient, RecordOwner, Subject } from './subject.ts'

/** What `prepare` loads for a plan, in resources. */
export const datasetOf = (
  { streams, agendas }: { readonly streams: readonly DrawnStream[]; readonly agendas: readonly Agenda[] },
  { seed, systems, imageSize }: Pick<Plan, 'seed' | 'systems' | 'imageSize'>,
): Plan['dataset'] => {
  const all: readonly Subject[] = streams.flatMap(({ subjects }) => subjects)
  const bookers = all.filter((subject) => subject.kind === 'booking')
  const emergencies = all.filter((subject) => subject.kind === 'emergency')
  const owners = all.filter((subject) => subject.kind === 'record')
  const remote = all.filter((subject) => subject.kind === 'telemedicine')
  const newcomers = bookers.filter(({ isKnown }) => !isKnown)
  return {
    organizations:
      (systems.includes('recup') ? structures.value.length : 0) +
      (systems.includes('emergency') ? emergencyDepartments.value.length : 0),
    patients: newcomers.length + emergencies.length + owners.length + remote.length,
    prescriptions: newcomers.length,
    schedules: agendas.length,
    slots: agendas.reduce((sum, agenda) => sum + agenda.slots.length, 0),
    appointments:
      bookers.filter(({ prepared }) => prepared === 'booked' || prepared === 'pending').length +
      remote.filter(({ prepared }) => prepared !== 'none').length,
    tasks: newcomers.filter(({ prepared }) => prepared === 'task').length,
    invoices: bookers.filter(({ prepared }) => prepared === 'invoice').length,
    encounters:
      emergencies.reduce((sum, patient) => sum + openStays(patient), 0) +
      remote.filter(({ prepared }) => prepared === 'visit').length,
    documents: owners.reduce((sum, { documents }) => sum + documents, 0),
    documentBytes: owners.reduce((sum, owner) => sum + bytesOf(owner), 0),
    ...imagesOf(
      [
        ...archiveKeysOf(streams, seed),
        ...(systems.includes('archive') ? archiveKeysOf(streams, seed) : []),
        ...rowStudies(all),
      ],
      imageSize,
    ),
    orders: emergencies.reduce((sum, patient) => sum + openLines(patient), 0),
  }
}

const archiveKeysOf = (streams: readonly DrawnStream[], seed: number): readonly StudyKey[] =>
  hasReaders(streams.map(({ planned }) => planned)) ? archiveKeys({ run: '', seed }) : []

/** Studies that devices have sent before the run begins, and those that will be moved. */
const rowStudies = (subjects: readonly Subject[]): readonly StudyKey[] =>
  subjects.flatMap((subject) =>
    subject.kind === 'images' && subject.study !== undefined
      ? [{ run: '', stream: 0, row: 0, nth: 0, seed: subject.study }]
      : [],
  )

const imagesOf = (
  keys: readonly StudyKey[],
  size: ImageSize | undefined,
): Pick<Plan['dataset'], 'studies' | 'imageBytes'> =>
  size
    ? {
        studies: keys.length,
        imageBytes: keys.reduce((sum, key) => sum + studyBytes(studyOfKey(key, size), size), 0),
      }
    : { studies: 0, imageBytes: 0 }

/** Encounters of an access that began before the run. */
const openStays = ({ seed, behind }: EmergencyPatient): number => {
  if (behind === 0) return 0
  return standingOf(episodeOf(seed), behind).isTakenOver ? 2 : 1
}

/** Lines of the orders that wait for their results when the run begins. */
const openLines = ({ seed, behind }: EmergencyPatient): number =>
  behind === 0 ? 0 : standingOf(episodeOf(seed), behind).openOrders.reduce((sum, { services }) => sum + services, 0)

const bytesOf = ({ seed, documents }: RecordOwner): number =>
  Array.from({ length: documents }, (_, nth) => documentOf(seed, nth).sizeBytes).reduce((sum, bytes) => sum + bytes, 0)
