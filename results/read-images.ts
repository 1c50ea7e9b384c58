import type { DicomwebClient } from '../clients/dicomweb-client.ts'
import { studyOfKey } from '../generators/imaging/archive.ts'
import { keyOfUid, type StudyKey, seriesUid, studyUid } from '../generators/imaging/uids.ts'
import type { ImageSize } from '../model/plan.ts'
import type { ImageSystemName } from '../model/system.ts'
import { type ComparedImage, compareImage } from './compare-image.ts'
import type { ExpectedImages } from './expected-images.ts'
import { imageSystemsOf, isOfImages } from './image-kinds.ts'
import type { FinalWrite } from './ledger.ts'
import { keyOf, type StoredResource } from './read-identified.ts'

/** What reading images back needs. */
export interface ImageReading {
  client(system: ImageSystemName): Pick<DicomwebClient, 'retrieve'>
  readonly expected: ExpectedImages
  readonly size: ImageSize
  /** Nothing more is read then. */
  readonly isOver?: () => boolean
}

/** Some images of a study that one request has sent, all of one series or of two that follow each other. */
interface Sent {
  readonly write: FinalWrite
  readonly system: ImageSystemName
  readonly key: StudyKey
  readonly first: number
}

/** The images that are stored of such writes, by their identifier: `intact`, bit for bit, or `altered`. Rejects when the target does not answer. */
export const readImages = async (
  reading: ImageReading,
  writes: readonly FinalWrite[],
): Promise<ReadonlyMap<string, readonly StoredResource[]>> => {
  const sent = writes.flatMap(sentOf)
  const stored = new Map(sent.map(({ write }): [string, StoredResource[]] => [keyOf(write), []]))
  const bySeries = new Map<string, (Sent & { readonly path: string })[]>()
  for (const one of sent) {
    for (const path of seriesOf(one, reading.size)) {
      const name = `${one.system} ${path}`
      bySeries.set(name, [...(bySeries.get(name) ?? []), { ...one, path }])
    }
  }
  for (const [one, ...others] of bySeries.values()) {
    if (!one) continue
    for (const compared of await comparedSeries(reading, one)) {
      const { number = one.first, instance, patient, isIntact } = compared
      const status = isIntact ? 'intact' : 'altered'
      const found = { reference: `${one.system}: ${instance}`, status, patient, image: { system: one.system, number } }
      for (const { write, first } of [one, ...others])
        if (number >= first && number < first + (write.parts ?? 0)) stored.get(keyOf(write))?.push(found)
    }
  }
  return stored
}

const looksAtSeries = 3

/** The images of a series, once all of it has come: one that breaks off is asked for again, and not the fifty rows around it. */
const comparedSeries = async (
  reading: ImageReading,
  { system, path, key, write }: Sent & { readonly path: string },
): Promise<readonly ComparedImage[]> => {
  const { modality } = studyOfKey(key, reading.size).kind
  const study = { ...key, modality, patient: write.patient }
  for (let look = 1; ; look += 1) {
    if (reading.isOver?.()) throw new Error('the time was over')
    try {
      const compared: ComparedImage[] = []
      for await (const bytes of reading.client(system).retrieve(path))
        compared.push(compareImage(bytes, reading.expected, study))
      return compared
    } catch (error) {
      if (look === looksAtSeries) throw error
    }
  }
}

const sentOf = (write: FinalWrite): readonly Sent[] => {
  const { kind, identifier } = write
  const dot = identifier.lastIndexOf('.')
  const known = keyOfUid(identifier.slice(0, dot))
  if (!isOfImages(kind) || !known) return []
  const first = Number(identifier.slice(dot + 1))
  return imageSystemsOf(kind).map((system) => ({ write, system, key: known.key, first }))
}

/** Paths of the series that some images belong to. */
const seriesOf = ({ write, key, first }: Sent, size: ImageSize): readonly string[] => {
  const { perSeries } = studyOfKey(key, size).kind
  const from = Math.floor(first / perSeries)
  const to = Math.floor((first + (write.parts ?? 1) - 1) / perSeries)
  return Array.from(
    { length: to - from + 1 },
    (_, nth) => `studies/${studyUid(key)}/series/${seriesUid(key, from + nth)}`,
  )
}
