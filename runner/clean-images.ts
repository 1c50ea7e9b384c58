import type { DicomwebClient } from '../clients/dicomweb-client.ts'
import { noAnswer } from '../clients/no-answer.ts'
import { keyOfUid, patientName, runDigits } from '../generators/imaging/uids.ts'
import { Failure } from '../model/failure.ts'

/**
 * Removes the studies of a run from an image archive, found by the name that all its patients have. Resolves to how many.
 * Throws a Failure naming what the target refused: DICOMweb itself has no way to remove anything.
 */
export const cleanImages = async (
  client: DicomwebClient,
  namespace: string,
  onRemoved: (count: number) => void,
): Promise<number> => {
  const removed = new Set<string>()
  for (;;) {
    const studies = await studiesOf(client, namespace)
    if (studies.length === 0) return removed.size
    for (const study of studies) {
      if (removed.has(study)) throw unfit(client, `study ${study} gone once it is deleted`, 'it still listed')
      await remove(client, study)
      removed.add(study)
      onRemoved(removed.size)
    }
  }
}

/** A page of them. Each is looked at: a server that does not know the key answers with all it has. */
const studiesOf = async (client: DicomwebClient, namespace: string): Promise<readonly string[]> => {
  const run = runDigits(namespace)
  const query = `studies?PatientName=${encodeURIComponent(patientName(run).trim())}&limit=200`
  const { status, json, text } = await answered(client, () => client.find(query))
  if (![200, 204].includes(status) || !Array.isArray(json)) {
    throw unfit(client, `a list of studies from ${query}`, `${status} ${text}`)
  }
  const uids = json.map((study) => String(Object(Object(study)['0020000D'])['Value']?.[0]))
  const strange = uids.find((uid) => keyOfUid(uid)?.key.run !== run)
  if (strange) throw unfit(client, `only studies of the run from ${query}`, `study ${strange}`)
  return uids
}

const remove = async (client: DicomwebClient, study: string): Promise<void> => {
  const { status, text } = await answered(client, () => client.remove(study))
  if (status >= 200 && status < 300) return
  throw unfit(client, `study ${study} to be deleted`, `${status} ${text.replace(/\s+/g, ' ')}`)
}

const answered = async <T>(client: DicomwebClient, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Failure) throw error
    throw unfit(client, 'an answer', noAnswer(error))
  }
}

const unfit = ({ baseUrl }: DicomwebClient, wanted: string, got: string): Failure =>
  new Failure(
    'usage',
    `expected ${wanted} at ${baseUrl}, got ${got}`,
    'run the same command again; an archive that does not delete over DICOMweb has tools of its own: the patient’s name is that of the run',
  )
