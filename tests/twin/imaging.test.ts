import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { multipartParts } from '../../clients/multipart-parts.ts'
import { patchImage } from '../../generators/imaging/image-template.ts'
import { StowBody, stowContentType } from '../../generators/imaging/stow-body.ts'
import { instanceUid, runDigits, seriesUid, studyUid } from '../../generators/imaging/uids.ts'
import type { Defect } from '../../model/defect.ts'
import { imageTemplate } from '../../planner/image-templates.ts'
import { type StudyKind, studyKinds } from '../../region/imaging.ts'
import { AccessTokens } from '../../twin/http/access-tokens.ts'
import { dicomwebService } from '../../twin/http/dicomweb-service.ts'
import { systemApp } from '../../twin/http/system-app.ts'
import { imaging } from '../../twin/systems/imaging.ts'
import { client, nowMs } from './test-system.ts'

const kinds: readonly StudyKind[] = studyKinds.value
const ct = kinds.find(({ modality }) => modality === 'CT') ?? kinds[0]
if (!ct) throw new Error('expected some kind of study, got none')
const { template, bytes } = imageTemplate(ct, 'small')
const study = { run: runDigits('ns'), stream: 0, row: 1, nth: 0, seed: 5 }
const patient = 'p1-1'
const uid = studyUid(study)

const body = (first: number, count: number): Buffer => {
  const made = new StowBody(template)
  made.takeTemplate(bytes, 0)
  made.spread()
  return Buffer.from(made.of({ study, patient, first, count }))
}

const image = (instance: number): Buffer => {
  const copy = Buffer.from(bytes)
  patchImage(copy, 0, { template, key: { study, patient, instance } })
  return copy
}

/** Parsed JSON. */
// biome-ignore lint/suspicious/noExplicitAny: assertions look into it
const json = async (response: Response | Promise<Response>): Promise<any> => (await response).json()

const archive = (defects: readonly Defect[] = [], dir = mkdtempSync(join(tmpdir(), 'collaudo-imaging-'))) => {
  let id = 0
  const options = {
    path: join(dir, 'imaging.sqlite'),
    now: () => nowMs,
    newId: () => `${dir.length}-${++id}`,
    defects,
    seed: 0,
  }
  const service = dicomwebService(imaging('imaging', options))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const tokens = new AccessTokens([client], () => nowMs)
  const app = systemApp(service, { tokens, now: () => nowMs, log: () => {}, sleep: async () => {}, versions: {} })
  const authorization = `Bearer ${tokens.issue(client)?.access_token}`
  const ask = (path: string, init: RequestInit = {}) =>
    app.request(`http://twin.test/dicom-web/${path}`, { ...init, headers: { authorization, ...init.headers } })
  const store = (sent: Buffer, contentType = stowContentType, path = 'studies') =>
    ask(path, { method: 'POST', headers: { 'content-type': contentType }, body: Uint8Array.from(sent) })
  const retrieved = async (path: string): Promise<readonly Buffer[]> => {
    const response = await ask(path)
    expect(response.status).toBe(200)
    const [, boundary = ''] = /boundary=(\S+)/.exec(response.headers.get('content-type') ?? '') ?? []
    const parts: Buffer[] = []
    if (response.body) for await (const part of multipartParts(response.body, boundary)) parts.push(part)
    return parts
  }
  return { dir, service, app, ask, store, retrieved }
}

// biome-ignore lint/suspicious/noExplicitAny: assertions look into it
const counts = (answer: any) => [answer['00081199']?.Value?.length ?? 0, answer['00081198']?.Value?.length ?? 0]

describe('the image archive of the twin', () => {
  it('keeps images and gives them back bit for bit: one, a series, a study', async () => {
    const { store, retrieved } = archive()
    const stored = await store(body(0, 4))
    expect([stored.status, counts(await stored.json())]).toEqual([200, [4, 0]])
    expect(await retrieved(`studies/${uid}/series/${seriesUid(study, 0)}/instances/${instanceUid(study, 2)}`)).toEqual([
      image(2),
    ])
    expect(await retrieved(`studies/${uid}/series/${seriesUid(study, 0)}`)).toEqual([0, 1, 2, 3].map(image))
    expect(await retrieved(`studies/${uid}`)).toHaveLength(4)
  })

  it('tells the length of what it gives, so that a cut shows', async () => {
    const { store, ask } = archive()
    await store(body(0, 2))
    const response = await ask(`studies/${uid}`)
    expect((await response.arrayBuffer()).byteLength).toBe(Number(response.headers.get('content-length')))
  })

  it('keeps what was stored over a restart', async () => {
    const first = archive()
    await first.store(body(0, 1))
    first.service.database.close()
    const second = archive([], first.dir)
    expect(await second.retrieved(`studies/${uid}`)).toEqual([image(0)])
  })

  it('keeps an image that comes twice once, and no file of the second', async () => {
    const { store, retrieved, dir } = archive()
    for (let time = 0; time < 2; time++) expect(counts(await (await store(body(0, 1))).json())).toEqual([1, 0])
    expect(await retrieved(`studies/${uid}`)).toHaveLength(1)
    expect(readdirSync(join(dir, 'imaging-images'))).toHaveLength(1)
  })

  it('says of each image what became of it when some are none', async () => {
    const { store } = archive()
    const torn = body(0, 2)
    torn.write('NONE', torn.lastIndexOf('DICM'), 'latin1')
    const some = await store(torn)
    expect([some.status, counts(await some.json())]).toEqual([202, [1, 1]])
    const other = await store(body(4, 1), stowContentType, `studies/${studyUid({ ...study, row: 2 })}`)
    expect([other.status, counts(await other.json())]).toEqual([409, [0, 1]])
  })

  it.each([
    ['without its final boundary', body(0, 1).subarray(0, -8), stowContentType, 400],
    ['that is empty', Buffer.of(), stowContentType, 400],
    ['of another type', body(0, 1), 'application/json', 415],
    ['without a boundary', body(0, 1), 'multipart/related; type="application/dicom"', 415],
  ])('refuses a body %s', async (...[, sent, contentType, status]) => {
    const { store, ask } = archive()
    expect((await store(sent, contentType)).status).toBe(status)
    expect((await ask(`studies/${uid}`)).status).toBe(404)
  })

  it('finds studies by what they are known by, and refuses a key that it does not know', async () => {
    const { store, ask } = archive()
    await store(body(0, 3))
    for (const query of [
      `PatientID=${patient}`,
      `StudyInstanceUID=${uid}`,
      'ModalitiesInStudy=CT&limit=5',
      '00100020=p1-1',
    ]) {
      const found = await json(ask(`studies?${query}`))
      expect(found).toHaveLength(1)
      expect(found[0]['00201208'].Value).toEqual([3])
    }
    expect(await json(ask('studies?PatientID=nobody'))).toEqual([])
    expect((await ask('studies?Colour=blue')).status).toBe(400)
    const [series] = await json(ask(`studies/${uid}/series`))
    expect(series['00201209'].Value).toEqual([3])
    const metadata = await json(ask(`studies/${uid}/series/${seriesUid(study, 0)}/metadata`))
    expect(metadata.map((one: Record<string, { Value: string[] }>) => one['00080018']?.Value[0])).toEqual(
      [0, 1, 2].map((instance) => instanceUid(study, instance)),
    )
  })

  it('forgets a study that is deleted, with its files', async () => {
    const { store, ask, dir } = archive()
    await store(body(0, 2))
    expect((await ask(`studies/${uid}`, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(`studies/${uid}`)).status).toBe(404)
    expect(readdirSync(join(dir, 'imaging-images'))).toEqual([])
  })

  it.each([
    ['read-only', 503],
    ['full', 507],
  ] as const)('on a disk that is %s takes and deletes nothing, says so, and gives what it has', async (how, status) => {
    const { store, ask, retrieved, service, dir } = archive()
    const { database } = service
    await store(body(0, 1))
    const set = (isBroken: boolean) => (how === 'full' ? database.setFull(isBroken) : database.setReadOnly(isBroken))
    set(true)
    const refused = await store(body(1, 1))
    expect([refused.status, (await json(refused)).resourceType]).toEqual([status, 'OperationOutcome'])
    expect((await ask(`studies/${uid}`, { method: 'DELETE' })).status).toBe(status)
    expect([await retrieved(`studies/${uid}`), readdirSync(join(dir, 'imaging-images'))]).toEqual([
      [image(0)],
      [expect.any(String)],
    ])
    set(false)
    expect((await store(body(1, 1))).status).toBe(200)
    expect(await retrieved(`studies/${uid}`)).toHaveLength(2)
  })

  it('shows nothing to somebody without a token', async () => {
    const { store, app } = archive()
    await store(body(0, 1))
    expect((await app.request(`http://twin.test/dicom-web/studies/${uid}`)).status).toBe(401)
  })

  it('with corrupt-pixels confirms an image and keeps another one', async () => {
    const { store, retrieved } = archive([{ kind: 'corrupt-pixels', shareRatio: 1 }])
    expect(counts(await (await store(body(0, 1))).json())).toEqual([1, 0])
    const [kept] = await retrieved(`studies/${uid}`)
    const differing = [...(kept ?? Buffer.of())].filter((byte, index) => byte !== image(0)[index])
    expect([kept?.length, differing.length]).toEqual([image(0).length, 1])
  })

  it('with lost-instance confirms an image that it does not keep', async () => {
    const { store, ask } = archive([{ kind: 'lost-instance', shareRatio: 1 }])
    expect(counts(await (await store(body(0, 1))).json())).toEqual([1, 0])
    expect((await ask(`studies/${uid}`)).status).toBe(404)
  })
})
