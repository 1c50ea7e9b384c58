/** Attributes of the DICOM JSON model (PS3.18 annex F) by their names: tag and value representation. */
const attributes = {
  sopClass: ['00080016', 'UI'],
  instance: ['00080018', 'UI'],
  date: ['00080020', 'DA'],
  accession: ['00080050', 'SH'],
  modality: ['00080060', 'CS'],
  modalities: ['00080061', 'CS'],
  patientName: ['00100010', 'PN'],
  patient: ['00100020', 'LO'],
  study: ['0020000D', 'UI'],
  series: ['0020000E', 'UI'],
  seriesNumber: ['00200011', 'IS'],
  number: ['00200013', 'IS'],
  seriesInStudy: ['00201206', 'IS'],
  instancesInStudy: ['00201208', 'IS'],
  instancesInSeries: ['00201209', 'IS'],
  referencedClass: ['00081150', 'UI'],
  referencedInstance: ['00081155', 'UI'],
  failureReason: ['00081197', 'US'],
} as const
export type Attribute = keyof typeof attributes

type Model = Readonly<Record<string, unknown>>

/** One object of the DICOM JSON model. */
export const dicomJson = (values: Readonly<Partial<Record<Attribute, string | number>>>): Model =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const [tag, vr] = attributes[name as Attribute]
      return [tag, { vr, Value: [jsonValue(vr, value)] }]
    }),
  )

const jsonValue = (vr: string, value: string | number): unknown => {
  if (vr === 'PN') return { Alphabetic: value }
  return vr === 'IS' || vr === 'US' ? Number(value) : value
}

export const dicomSequence = (tag: string, items: readonly Model[]): Model =>
  items.length === 0 ? {} : { [tag]: { vr: 'SQ', Value: items } }
