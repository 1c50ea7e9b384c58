import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { studyOf } from '../../generators/imaging/study.ts'
import { runDigits, type StudyKey, studyUid } from '../../generators/imaging/uids.ts'
import type { WriteKind } from '../../model/outcome.ts'
import type { ImageSystemName } from '../../model/system.ts'
import { writeImageTemplates } from '../../planner/image-templates.ts'
import { classify } from '../../results/classify.ts'
import { ExpectedImages } from '../../results/expected-images.ts'
import type { FinalWrite } from '../../results/ledger.ts'
import { readImages } from '../../results/read-images.ts'

const dir = mkdtempSync(join(tmpdir(), 'collaudo-read-images-'))
await writeImageTemplates(dir, { size: 'small', seed: 1 })
afterAll(() => rmSync(dir, { recursive: true }))
const expected = new ExpectedImages(dir)

const isTomography = (seed: number): boolean => studyOf({ seed, nth: 0 }, 'small').kind.modality === 'CT'
const seed = Array.from({ length: 1000 }, (_, n) => n).find(isTomography) ?? 0
const study: StudyKey = { run: runDigits('ns'), stream: 0, row: 7, nth: 0, seed }
const patient = 'p1-7'
const image = (instance: number, of = patient): Buffer =>
  Buffer.from(expected.image('CT', { study, patient: of, instance }))

const write = (kind: WriteKind, state: FinalWrite['state'] = 'acknowledged'): FinalWrite => ({
  kind,
  state,
  isUnseen: false,
  isUntold: false,
  atMs: 0,
  identifier: `${studyUid(study)}.0`,
  patient,
  slot: '',
  parts: 4,
})

/** Judges the writes of a row by what the archives give back of the first series. */
const judged = async (writes: readonly FinalWrite[], kept: Partial<Record<ImageSystemName, readonly Buffer[]>>) => {
  const client = (system: ImageSystemName) => ({
    async *retrieve() {
      yield* kept[system] ?? []
    },
  })
  const identified = await readImages({ client, expected, size: 'small' }, writes)
  const stored = { appointments: [], slotStatus: new Map(), tasks: new Map(), payments: [], identified }
  return classify({ stream: 'modalities', row: 7, writes, disclosures: [] }, stored)
}

const all = [0, 1, 2, 3].map((instance) => image(instance))
const flipped = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes)
  copy[copy.length - 1] = (copy[copy.length - 1] ?? 0) ^ 1
  return copy
}
/** Of the next row's study. */
const stranger = Buffer.from(expected.image('CT', { study: { ...study, row: 8 }, patient, instance: 0 }))
/** A server that writes headers anew: the same pixels behind other bytes. */
const rewritten = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes)
  copy.write('by_others', copy.indexOf('collaudo'), 'latin1')
  return copy
}

describe('images that were confirmed', () => {
  const stored = write('store-images')

  it.each<[string, readonly Buffer[], string | undefined]>([
    ['are all there', all, undefined],
    ['are there beside others of the study', [...all, image(4), image(5)], undefined],
    ['are there in another order', all.toReversed(), undefined],
    ['are there behind a header that was written anew', all.map(rewritten), undefined],
    ['are not there', [], 'lost'],
    ['are not all there', all.slice(1), 'lost'],
    ['have one bit that is another', [...all.slice(0, 3), flipped(image(3))], 'corrupted'],
    ['are those of another patient', all.map((_, instance) => image(instance, 'p1-8')), 'corrupted'],
    ['are there twice', [...all, image(0)], 'duplicated'],
    ['are there as one of them in the place of another', [image(0), image(1), image(2), image(0)], 'duplicated'],
    ['are there with one of another study', [...all, stranger], 'corrupted'],
  ])('and %s', async (_, kept, kind) => {
    const { findings } = await judged([stored], { imaging: kept })
    expect(findings.map((finding) => finding.kind)).toEqual(kind === undefined ? [] : [kind])
  })

  it('are looked for where they were stored', async () => {
    expect((await judged([write('archive-images')], { archive: all })).findings).toEqual([])
    expect((await judged([write('archive-images')], { imaging: all })).findings).toHaveLength(1)
  })
})

it('images of an unknown write may be there or not, or some of them, but not other ones', async () => {
  const unknown = write('store-images', 'unknown')
  expect(await judged([unknown], { imaging: [] })).toMatchObject({ findings: [], unknownAbsent: 1 })
  expect(await judged([unknown], { imaging: all.slice(2) })).toMatchObject({ findings: [], unknownLanded: 1 })
  expect((await judged([unknown], { imaging: [flipped(image(0))] })).findings).toHaveLength(1)
})

it('images that were moved are the same on both sides, also where the same row of reading has those that were stored', async () => {
  const moved = [write('archive-images'), write('move-images')]
  expect((await judged(moved, { archive: all, imaging: all })).findings).toEqual([])
  const { findings } = await judged(moved, { archive: all, imaging: all.slice(1) })
  expect(findings).toMatchObject([{ kind: 'lost', expected: `4 images of ${patient}, bit for bit, on both sides` }])
})

it('a move that was refused has not landed because its images were on the old side before', async () => {
  expect((await judged([write('move-images', 'refused')], { archive: all })).findings).toEqual([])
  expect(await judged([write('move-images', 'unknown')], { archive: all })).toMatchObject({ unknownAbsent: 1 })
})

it('a series that breaks off is read again, and one that always does ends the look', async () => {
  let looks = 0
  const client = (failures: number) => () => ({
    async *retrieve() {
      looks += 1
      yield image(0)
      if (looks <= failures) throw new Error('terminated')
      yield* all.slice(1)
    },
  })
  const reading = { expected, size: 'small' as const }
  const stored = await readImages({ ...reading, client: client(2) }, [write('store-images')])
  expect([looks, [...stored.values()].map((images) => images.length)]).toEqual([3, [4]])
  looks = 0
  await expect(readImages({ ...reading, client: client(9) }, [write('store-images')])).rejects.toThrow('terminated')
})
