import { expect, test } from 'vitest'
import { DicomwebClient } from '../../clients/dicomweb-client.ts'
import { runDigits, studyUid } from '../../generators/imaging/uids.ts'
import { cleanImages } from '../../runner/clean-images.ts'
import { type Answer, answeringServer } from '../clients/answering-server.ts'

const uidOf = (namespace: string, row: number) =>
  studyUid({ run: runDigits(namespace), stream: 0, row, nth: 0, seed: 1 })
const listed = (...uids: readonly string[]): Answer => ({
  body: uids.map((uid) => ({ '0020000D': { vr: 'UI', Value: [uid] } })),
})

/** An archive with some studies, which answers deletions with this status. */
const cleaned = async (uids: readonly string[], status = 204) => {
  const left = new Set(uids)
  const deleted: string[] = []
  const baseUrl = await answeringServer(({ method, url = '' }) => {
    if (method === 'GET') return listed(...left)
    const uid = url.slice(url.lastIndexOf('/') + 1)
    deleted.push(uid)
    if (status === 204) left.delete(uid)
    return { status, body: {} }
  })
  const client = new DicomwebClient({ baseUrl, authorize: async () => ({}), timeoutMs: 1000 })
  const work = cleanImages(client, 'r1', () => {})
  await work.catch(() => {})
  return { work, deleted }
}

test('every study of a run goes', async () => {
  const uids = [1, 2, 3].map((row) => uidOf('r1', row))
  const { work, deleted } = await cleaned(uids)
  expect([await work, deleted]).toEqual([3, uids])
})

test('an archive that does not know the key, and so answers with all it has, loses nothing', async () => {
  const { work, deleted } = await cleaned([uidOf('r1', 1), uidOf('r2', 1)])
  await expect(work).rejects.toMatchObject({
    message: expect.stringMatching(/^expected only studies of the run from /),
  })
  expect(deleted).toEqual([])
})

test('an archive that does not delete is named, with what is left to do', async () => {
  const { work } = await cleaned([uidOf('r1', 1)], 405)
  await expect(work).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(/^expected study 2\.25\.\d+ to be deleted at .*, got 405/),
    hint: expect.stringContaining('tools of its own'),
  })
})
