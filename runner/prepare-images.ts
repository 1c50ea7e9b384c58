import type { DicomwebClient } from '../clients/dicomweb-client.ts'
import { noAnswer } from '../clients/no-answer.ts'
import { patientId } from '../generators/fhir/naming.ts'
import { archivedPerson, archiveKeys, studyOfKey } from '../generators/imaging/archive.ts'
import { type Batch, StowBody, stowContentType } from '../generators/imaging/stow-body.ts'
import { runDigits, type StudyKey, studyUid } from '../generators/imaging/uids.ts'
import { Failure } from '../model/failure.ts'
import type { ImageSize, Plan } from '../model/plan.ts'
import { type ImageSystemName, imageSystems } from '../model/system.ts'
import { ExpectedImages } from '../results/expected-images.ts'

export interface ArchiveRequest {
  /** The run folder, with the templates. */
  readonly dir: string
  /** Of the plan. */
  readonly seed: number
  readonly imageSize: ImageSize
  readonly client: (system: ImageSystemName) => DicomwebClient
  readonly signal: AbortSignal
  /** Told after each study that is there. */
  readonly onStored: () => void
}

/** A study to be stored, and whose it is. */
export interface PreparedStudy {
  /** Where it is wanted. */
  readonly system: ImageSystemName
  readonly study: StudyKey
  /** Number of the person. */
  readonly person: number
}

/** The studies of the archive that those who read will ask for. */
export const studiesToBeRead = (
  namespace: string,
  { seed, systems }: Pick<Plan, 'seed' | 'systems'>,
): readonly PreparedStudy[] =>
  imageSystems
    .filter((system) => systems.includes(system))
    .flatMap((system) =>
      archiveKeys({ run: runDigits(namespace), seed }).map((study) => ({
        system,
        study,
        person: archivedPerson(study.row),
      })),
    )

/** Stores studies. What is there already stays as it is. Throws a Failure that names what was not stored. */
export const prepareImages = async (request: ArchiveRequest, studies: AsyncIterable<PreparedStudy>): Promise<void> => {
  const expected = new ExpectedImages(request.dir)
  const bodies = new Map<string, StowBody>()
  for await (const { system, study, person } of studies) {
    const { kind, instances } = studyOfKey(study, request.imageSize)
    const template = expected.template(kind.modality)
    const body = bodies.get(kind.modality) ?? new StowBody(template)
    if (!bodies.has(kind.modality)) {
      body.takeTemplate(expected.bytesOf(template), 0)
      body.spread()
      bodies.set(kind.modality, body)
    }
    const patient = patientId(request.seed, person)
    for (let first = 0; first < instances; first += template.perRequest) {
      const count = Math.min(template.perRequest, instances - first)
      request.signal.throwIfAborted()
      await store(request.client(system), body, { study, patient, first, count })
    }
    request.onStored()
  }
}

const store = async (client: DicomwebClient, body: StowBody, batch: Batch): Promise<void> => {
  const { status, text, storedCount } = await client.store(stowContentType, body.of(batch)).catch((error) => {
    if (error instanceof Failure) throw error
    throw notStored(client, batch, noAnswer(error))
  })
  if (storedCount !== batch.count) throw notStored(client, batch, `${status} with ${storedCount} stored: ${text}`)
}

const notStored = ({ baseUrl }: DicomwebClient, { study, first, count }: Batch, got: string): Failure =>
  new Failure(
    'usage',
    `expected ${baseUrl} to store ${count} images of study ${studyUid(study)} from image ${first + 1} on, got ${got}`,
    'look at the log of the target, then run the same command again: storing twice changes nothing',
  )
