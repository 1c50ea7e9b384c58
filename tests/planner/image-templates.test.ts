import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dicomParser from 'dicom-parser'
import { describe, expect, it, onTestFinished } from 'vitest'
import { archiveKey } from '../../generators/imaging/archive.ts'
import { patchImage, stampOf } from '../../generators/imaging/image-template.ts'
import { StowBody, stowContentType } from '../../generators/imaging/stow-body.ts'
import { matrixOf } from '../../generators/imaging/study.ts'
import { instanceUid, patientName, runDigits, seriesUid, studyUid } from '../../generators/imaging/uids.ts'
import { imageTemplate, writeImageTemplates } from '../../planner/image-templates.ts'
import { studyKinds } from '../../region/imaging.ts'
import { ExpectedImages } from '../../results/expected-images.ts'
import { dicomBoundary, partsOf } from '../../twin/dicomweb/multipart.ts'

const study = { run: runDigits('ns'), stream: 3, row: 41, nth: 0, seed: 77 }
const patient = 'p1-300000041'

/** By a library that did not make it. */
const read = (bytes: Uint8Array) => {
  const dataset = dicomParser.parseDicom(bytes)
  const text = (tag: string) => dataset.string(tag)
  return { dataset, text, pixels: dataset.elements['x7fe00010'] }
}

describe.each(studyKinds.value)('the template of $modality', (kind) => {
  const { template, bytes } = imageTemplate(kind, 'small')

  it('is a Part 10 file that another library reads, with every varying field at its place', () => {
    const copy = Uint8Array.from(bytes)
    patchImage(copy, 0, { template, key: { study, patient, instance: 2 } })
    const { dataset, text, pixels } = read(copy)
    expect(dataset.warnings).toEqual([])
    expect(text('x00020003')).toBe(instanceUid(study, 2))
    expect(text('x00080018')).toBe(instanceUid(study, 2))
    expect(text('x0020000d')).toBe(studyUid(study))
    expect(text('x0020000e')).toBe(seriesUid(study, Math.floor(2 / kind.perSeries)))
    expect(text('x00100020')).toBe(patient)
    expect(text('x00100010')).toBe(patientName(study.run).trim())
    expect(text('x00200013')).toBe('3')
    expect(text('x00080060')).toBe(kind.modality)
    const { rows, columns } = matrixOf(kind, 'small')
    expect([dataset.uint16('x00280010'), dataset.uint16('x00280011')]).toEqual([rows, columns])
    expect([pixels?.dataOffset, pixels?.length]).toEqual([template.pixels.offset, template.pixels.sizeBytes])
    expect(template.pixels.offset + template.pixels.sizeBytes).toBe(copy.length)
  })

  it('gives each image pixels of its own, at both ends', () => {
    const images = [0, 1].map((instance) => {
      const copy = Uint8Array.from(bytes)
      patchImage(copy, 0, { template, key: { study, patient, instance } })
      return copy.subarray(template.pixels.offset)
    })
    const [first, second] = images
    expect(first?.subarray(0, 32)).toEqual(stampOf(study, 0))
    expect(first?.subarray(-32)).toEqual(stampOf(study, 0))
    expect(second?.subarray(0, 32)).toEqual(stampOf(study, 1))
    expect(stampOf(study, 1)).not.toEqual(stampOf(study, 0))
    expect(stampOf({ ...study, nth: 1 }, 0)).not.toEqual(stampOf(study, 0))
  })

  it('makes bodies whose parts are the images, whatever was sent before', () => {
    const body = new StowBody(template)
    body.takeTemplate(bytes, 0)
    body.spread()
    const boundary = dicomBoundary(stowContentType) ?? ''
    for (const count of [kind.perRequest, 1, kind.perRequest]) {
      const parts = partsOf(Buffer.from(body.of({ study, patient, first: 5, count })), boundary)
      expect(parts).toHaveLength(count)
      for (const [index, part] of (parts ?? []).entries()) {
        const wanted = Uint8Array.from(bytes)
        patchImage(wanted, 0, { template, key: { study, patient, instance: 5 + index } })
        expect(part.contentType).toBe('application/dicom')
        expect(Buffer.compare(part.bytes, wanted)).toBe(0)
      }
    }
  })
})

it('a run folder tells what the first image of each study of the archive must be', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-images-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  await writeImageTemplates(dir, { size: 'small', seed: 5 })
  const digests = JSON.parse(await readFile(join(dir, 'archive.json'), 'utf8'))
  const expected = new ExpectedImages(dir)
  const key = archiveKey({ run: runDigits('whatever'), seed: 5 }, 0, 1)
  const [modality] = studyKinds.value
    .map((one) => one.modality)
    .filter((name) => {
      const { offset } = expected.template(name).pixels
      const image = expected.image(name, { study: key, patient: 'p', instance: 0 }).subarray(offset)
      return createHash('sha256').update(image).digest('hex') === digests['0.1']
    })
  expect(modality).toBeDefined()
  expect(Object.keys(digests)).toHaveLength(50)
})

it('the same plan gives the same bytes, small and full', () => {
  const [kind] = studyKinds.value.filter(({ modality }) => modality === 'CT')
  if (!kind) throw new Error('expected CT among the kinds')
  for (const size of ['small', 'full'] as const)
    expect(Buffer.compare(imageTemplate(kind, size).bytes, imageTemplate(kind, size).bytes)).toBe(0)
})
