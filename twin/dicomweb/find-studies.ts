import { FhirError } from '../fhir/fhir-error.ts'
import { dicomJson } from './dicom-json.ts'
import type { Found, ImageStore } from './image-store.ts'

/** Keys that a search for studies knows, by keyword and by tag, and the column that each asks for. */
const keys: Readonly<Record<string, string>> = {
  StudyInstanceUID: 'uid',
  '0020000D': 'uid',
  PatientID: 'patient',
  '00100020': 'patient',
  PatientName: 'patientName',
  '00100010': 'patientName',
  AccessionNumber: 'accession',
  '00080050': 'accession',
  StudyDate: 'date',
  '00080020': 'date',
  ModalitiesInStudy: 'modality',
  '00080061': 'modality',
}

const mostResults = 1000

/** QIDO-RS for studies. Throws a FhirError of status 400 for a key that it does not know: some servers answer with all they have. */
export const findStudies = (store: ImageStore, query: URLSearchParams): readonly unknown[] => {
  const where: Record<string, string> = {}
  let limit = mostResults
  let offset = 0
  for (const [key, value] of query) {
    const column = keys[key]
    if (column !== undefined) where[column] = value
    else if (key === 'limit') limit = Math.min(mostResults, countOf(key, value))
    else if (key === 'offset') offset = countOf(key, value)
    else if (key !== 'includefield')
      throw new FhirError(400, 'not-supported', `expected a key of ${Object.keys(keys).join(', ')}, got ${key}`)
  }
  return store.studies(where, { limit, offset }).map(studyJson)
}

const countOf = (key: string, value: string): number => {
  const count = Number(value)
  if (Number.isInteger(count) && count >= 0) return count
  throw new FhirError(400, 'value', `expected ${key} to be a whole number from 0, got ${value}`)
}

const studyJson = ({ uid = '', patient = '', patientName = '', accession = '', date = '', ...of }: Found) =>
  dicomJson({
    study: uid,
    patient,
    patientName,
    accession,
    date,
    modalities: of['modality'] ?? '',
    seriesInStudy: of['series'] ?? 0,
    instancesInStudy: of['instances'] ?? 0,
  })

/** QIDO-RS for the series of a study. */
export const seriesOf = (store: ImageStore, study: string): readonly unknown[] =>
  store
    .series(study)
    .map(({ uid = '', modality = '', number = '', instances = 0 }) =>
      dicomJson({ study, series: uid, modality, seriesNumber: number, instancesInSeries: instances }),
    )
