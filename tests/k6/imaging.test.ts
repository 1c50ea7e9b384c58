import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { imagingDay } from '../../scenarios/imaging-day.ts'
import type { Meddle, Passed } from './proxy.ts'
import { type Walk, walked } from './walked.ts'

const walk = async (more: Partial<Walk> = {}) => {
  const { streams, collected, integrity, measured } = await walked({
    scenario: { ...imagingDay, warmUpMs: 1000 },
    slice: {
      day: 'monday',
      from: '10:00',
      to: '10:30',
      squeeze: '4s',
      scale: 'modalities=4,radiologists=2,sharing=20',
    },
    imageSize: 'small',
    ...more,
  })
  const outcomes = (stream: string) => {
    const rows = streams.find(({ planned }) => planned.name === stream)?.timetable.rows ?? []
    return [...new Set(rows.map((_, row) => collected.rows.state(stream, row)))].toSorted()
  }
  return { integrity, outcomes, measured }
}

const sound = { complete: true, lost: 0, duplicated: 0, half: 0, corrupted: 0, refused: 0 }

test('studies are stored bit for bit, radiologists and other hospitals get every image of theirs', async () => {
  const { integrity, outcomes } = await walk()
  expect(outcomes('modalities')).toEqual(['done'])
  expect(outcomes('radiologists')).toEqual(['done'])
  expect(outcomes('sharing')).toEqual(['done'])
  expect(integrity).toMatchObject(sound)
  expect(integrity.verified).toBeGreaterThan(100)
  expect(integrity.acknowledged).toBe(integrity.intended)
})

test.each(['corrupt-pixels', 'lost-instance'] as const)('%s is found and named', async (kind) => {
  const { integrity } = await walk({ defects: [{ kind, shareRatio: 0.02 }] })
  const found = kind === 'corrupt-pixels' ? integrity.corrupted : integrity.lost
  expect(found).toBeGreaterThan(0)
  expect(integrity.examples[0]).toMatchObject({
    kind: kind === 'corrupt-pixels' ? 'corrupted' : 'lost',
    stream: 'modalities',
    identifier: expect.stringMatching(/^2\.25\.1\d{38}\.\d+$/),
    expected: expect.stringMatching(/images of p1-\d+, bit for bit$/),
  })
})

const isStow = ({ method, url }: Passed): boolean => method === 'POST' && url.endsWith('/studies')

/** The last image of an answer moved from those that were stored to those that were not. */
const withOneFailed = (answer: Buffer): Buffer => {
  const { '00081199': stored } = JSON.parse(answer.toString())
  const failed = { ...stored.Value.at(-1), '00081197': { vr: 'US', Value: [42752] } }
  return Buffer.from(
    JSON.stringify({
      '00081198': { vr: 'SQ', Value: [failed] },
      '00081199': { vr: 'SQ', Value: stored.Value.slice(0, -1) },
    }),
  )
}

test.each<[string, string, Meddle]>([
  [
    'that stores a body in part, and says so',
    'failed',
    (passed) => (isStow(passed) ? { status: 202, answer: withOneFailed(passed.answer) } : undefined),
  ],
  [
    'that answers 200 and names nothing it has stored',
    'failed',
    (passed) => (isStow(passed) ? { status: 200, answer: Buffer.from('{}') } : undefined),
  ],
  [
    'that refuses a body and has stored it all the same',
    'refused',
    (passed) => (isStow(passed) ? { status: 400, answer: Buffer.from('{}') } : undefined),
  ],
])('an archive %s has not stored a study', async (_, outcome, meddle) => {
  // What prepare stores goes the same way.
  const isPrepared = ({ agent }: Passed) => agent !== 'collaudo'
  const { integrity, outcomes } = await walk({
    meddle: (passed) => (isPrepared(passed) ? undefined : meddle(passed)),
    scenario: { ...imagingDay, streams: imagingDay.streams.slice(0, 1), warmUpMs: 0 },
    slice: { day: 'monday', from: '10:00', to: '10:30', squeeze: '4s', scale: 'modalities=4' },
  })
  // Those whose studies had come before the run only ask for them.
  expect(outcomes('modalities')).toContain(outcome)
  expect(integrity).toMatchObject({ complete: true, acknowledged: 0, lost: 0, corrupted: 0 })
  expect(outcomes('modalities').every((one) => one === outcome || one === 'done')).toBe(true)
  expect(integrity.unknown.landed).toBeGreaterThan(0)
})

const isImages = ({ method, url }: Passed): boolean => method === 'GET' && /\/series\/[\d.]+/.test(url)

test.each<[string, Meddle, string]>([
  [
    'that are cut short',
    (passed) => (isImages(passed) ? { answer: passed.answer.subarray(0, -100) } : undefined),
    'failed',
  ],
  [
    'with one bit that is another',
    (passed) =>
      isImages(passed) && passed.url.includes('/instances/') ? { answer: flipped(passed.answer) } : undefined,
    'failed',
  ],
  ['that are not there', (passed) => (isImages(passed) ? { status: 404 } : undefined), 'refused'],
])('images %s are no images', async (_, meddle, outcome) => {
  const { outcomes } = await walk({ meddle })
  expect(outcomes('radiologists')).toContain(outcome)
  expect(outcomes('modalities')).toEqual(['done'])
})

const flipped = (answer: Buffer): Buffer => {
  const copy = Buffer.from(answer)
  copy[Math.floor(copy.length / 2)] = (copy[Math.floor(copy.length / 2)] ?? 0) ^ 1
  return copy
}

test('an archive whose disk is full fails, and nothing that it has confirmed is lost', async () => {
  const mount = mkdtempSync(join(tmpdir(), 'collaudo-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', mount])
  onTestFinished(() => {
    execFileSync('umount', ['-l', mount])
    rmSync(mount, { recursive: true })
  })
  const dataDir = join(mount, 'data')
  mkdirSync(dataDir)
  const { integrity, outcomes } = await walk({
    dataDir,
    scenario: { ...imagingDay, streams: imagingDay.streams.slice(0, 1), warmUpMs: 0 },
    slice: { day: 'monday', from: '10:00', to: '10:30', squeeze: '4s', scale: 'modalities=4' },
  })
  expect(outcomes('modalities')).toContain('failed')
  expect(integrity).toMatchObject({ complete: true, lost: 0, corrupted: 0 })
  expect(integrity.acknowledged).toBeGreaterThan(0)
  expect(integrity.unknown.absent).toBeGreaterThan(0)
})
