import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { DicomwebClient } from '../../clients/dicomweb-client.ts'
import { runRecordSchema } from '../../model/run-record.ts'
import { imagingDay } from '../../scenarios/imaging-day.ts'
import { startCollaudo } from '../e2e/start-collaudo.ts'
import { type Alter, proxied } from '../k6/proxy.ts'
import { walked } from '../k6/walked.ts'
import { startOrthanc } from './orthanc.ts'

const targetOf = (baseUrl: string): string =>
  JSON.stringify({
    schemaVersion: 1,
    name: 'orthanc',
    environment: 'development',
    allowedHosts: ['127.0.0.1'],
    systems: { imaging: { baseUrl } },
  })

const minute = ['--day', 'monday', '--from', '09:00', '--to', '09:01', '--image-size', 'small']

test('the imaging day comes to a pass on Orthanc, and every image that it has confirmed is there bit for bit', async () => {
  const baseUrl = await startOrthanc()
  const { dir, ended } = startCollaudo(['run', 'imaging-day', ...minute, '--target', 'orthanc.yaml', '--json'])
  writeFileSync(join(dir, 'orthanc.yaml'), targetOf(baseUrl))
  const { exitCode, stdout, stderr } = await ended
  expect([exitCode, stderr]).toEqual([0, expect.stringContaining('writes read back')])
  const { verdict, integrity, delivery, journeys } = runRecordSchema.parse(JSON.parse(stdout))
  expect([verdict, delivery.started]).toEqual(['pass', delivery.planned])
  expect(integrity).toMatchObject({ complete: true, lost: 0, duplicated: 0, half: 0, corrupted: 0, refused: 0 })
  expect(integrity.acknowledged).toBeGreaterThan(1000)
  expect(integrity.verified).toBe(integrity.acknowledged)
  for (const { journey, outcomes } of journeys) {
    if (journey !== 'read-study') expect(Object.keys(outcomes)).toEqual(['done'])
  }
  await toolsOfOthersRead(baseUrl)
}, 300_000)

/** DCMTK, which neither made nor stored the files, finds them in order. */
const toolsOfOthersRead = async (baseUrl: string): Promise<void> => {
  const client = new DicomwebClient({ baseUrl, authorize: async () => ({}), timeoutMs: 10_000 })
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-dcmtk-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const { json } = await client.find('studies?ModalitiesInStudy=US&limit=1')
  const [study] = json as readonly { '0020000D': { Value: readonly string[] } }[]
  let number = 0
  for await (const bytes of client.retrieve(`studies/${study?.['0020000D'].Value[0]}`)) {
    const file = join(dir, `${number++}.dcm`)
    writeFileSync(file, bytes)
    expect(execFileSync('dcmftest', [file], { encoding: 'utf8' })).toMatch(/^yes:/)
    expect(execFileSync('dcmdump', ['+W', dir, file], { encoding: 'utf8' })).toContain('PixelData')
  }
  expect(number).toBeGreaterThan(0)
}

const isStow = ({ method, url }: Parameters<Alter>[0]): boolean => method === 'POST' && url.endsWith('/studies')

/** What Orthanc answers with 200 and does not store. */
const silent: readonly (readonly [string, (body: Buffer) => Buffer])[] = [
  ['a body without its final boundary', (body) => body.subarray(0, body.lastIndexOf('\r\n--'))],
  ['an image that says it is a photograph', (body) => replaced(body, 'application/dicom\r\n', 'image/jpeg       \r\n')],
]

const replaced = (body: Buffer, from: string, to: string): Buffer => {
  const copy = Buffer.from(body)
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.write(to, at, 'latin1')
  return copy
}

test.each(silent)('Orthanc’s silent 200 to %s is no success', async (_, spoil) => {
  const orthanc = await startOrthanc()
  let answered = 0
  const imaging = await proxied(
    orthanc,
    (passed) => {
      if (isStow({ ...passed, body: Buffer.of() }) && passed.agent === 'collaudo' && passed.status === 200) answered++
      return undefined
    },
    (request) => (isStow(request) && request.agent === 'collaudo' ? spoil(request.body) : request.body),
  )
  const { integrity, measured, collected, streams } = await walked({
    scenario: { ...imagingDay, streams: imagingDay.streams.slice(0, 1), warmUpMs: 0 },
    slice: { day: 'monday', from: '10:00', to: '10:30', squeeze: '4s', scale: 'modalities=4' },
    imageSize: 'small',
    imaging,
  })
  expect(answered).toBeGreaterThan(0)
  const states = new Set(
    streams.flatMap(({ timetable }) => timetable.rows.map((_row, row) => collected.rows.state('modalities', row))),
  )
  expect([...states]).toContain('failed')
  expect(measured.steps.flatMap(({ step, outcomes }) => (step === 'store' ? Object.keys(outcomes) : []))).toEqual([
    'failed',
  ])
  expect(integrity).toMatchObject({ complete: true, acknowledged: 0, lost: 0, corrupted: 0 })
})
