import type { DicomwebClient } from '../clients/dicomweb-client.ts'
import { noAnswer } from '../clients/no-answer.ts'
import { patientId } from '../generators/fhir/naming.ts'
import { archivedPerson, archiveKeys, studyOfKey } from '../generators/imaging/archive.ts'
import type { ImageTemplate } from '../generators/imaging/image-template.ts'
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

/**
 * Studies under way at once: whoever stores small images waits for the archive's disk, whoever stores large ones for their bytes, and
 * needs the memory of whole requests.
 */
const together = (size: ImageSize): number => (size === 'small' ? 4 : 1)

/** Devices send an image a request, which costs a connection and a commit each: small ones are prepared many at a time. */
const perRequestOf = (size: ImageSize, { perRequest }: ImageTemplate): number =>
  size === 'small' ? Math.max(32, perRequest) : perRequest

/** Stores studies. What is there already stays as it is. Throws a Failure that names what was not stored. */
export const prepareImages = async (request: ArchiveRequest, studies: AsyncIterable<PreparedStudy>): Promise<void> => {
  const expected = new ExpectedImages(request.dir)
  const worker = async (): Promise<void> => {
    const bodies = new Map<string, Body>()
    for await (const study of studies)
      await storeStudy(study, request, (modality) => bodyOf(modality, { expected, bodies, size: request.imageSize }))
  }
  await Promise.all(Array.from({ length: together(request.imageSize) }, worker))
}

interface Body {
  readonly stow: StowBody
  /** Images in one of them. */
  readonly perRequest: number
}

/** The body of all requests of a modality, patched in place for each. */
const bodyOf = (
  modality: string,
  { expected, bodies, size }: { expected: ExpectedImages; bodies: Map<string, Body>; size: ImageSize },
): Body => {
  const known = bodies.get(modality)
  if (known) return known
  const template = expected.template(modality)
  const perRequest = perRequestOf(size, template)
  const stow = new StowBody({ ...template, perRequest })
  stow.takeTemplate(expected.bytesOf(template), 0)
  stow.spread()
  const body = { stow, perRequest }
  bodies.set(modality, body)
  return body
}

const storeStudy = async (
  { system, study, person }: PreparedStudy,
  { seed, imageSize, client, signal, onStored }: ArchiveRequest,
  bodyFor: (modality: string) => Body,
): Promise<void> => {
  const { kind, instances } = studyOfKey(study, imageSize)
  const { stow, perRequest } = bodyFor(kind.modality)
  const patient = patientId(seed, person)
  for (let first = 0; first < instances; first += perRequest) {
    signal.throwIfAborted()
    await store(client(system), stow, { study, patient, first, count: Math.min(perRequest, instances - first) })
  }
  onStored()
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
