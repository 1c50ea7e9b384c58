import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunRecord, runRecordSchema } from '../../model/run-record.ts'
import { startCollaudo } from '../e2e/start-collaudo.ts'
import { type HapiServer, startHapi } from './hapi/hapi-server.ts'
import { startOrthanc } from './orthanc.ts'

let hapi: HapiServer

beforeAll(async () => {
  hapi = await startHapi()
})
afterAll(() => hapi.stop())

const run = async (words: readonly string[], systems: Readonly<Record<string, string>>): Promise<RunRecord> => {
  const { dir, ended } = startCollaudo(['run', ...words, '--target', 'hapi.yaml', '--json'])
  const target = {
    schemaVersion: 1,
    name: 'hapi',
    environment: 'development',
    allowedHosts: ['127.0.0.1'],
    systems: Object.fromEntries(Object.entries(systems).map(([name, baseUrl]) => [name, { baseUrl }])),
  }
  writeFileSync(join(dir, 'hapi.yaml'), JSON.stringify(target))
  const { stdout, stderr } = await ended
  expect(stderr).toContain('smoke     one row of every journey of every stream done')
  return runRecordSchema.parse(JSON.parse(stdout))
}

/** A server on two shared cores may be slow, and a minute may be too little to judge; but all that was started is done, and is there. */
const expectSound = ({ verdict, delivery, journeys, integrity }: RunRecord): void => {
  expect(['pass', 'fail', 'inconclusive']).toContain(verdict)
  expect(delivery.started).toBe(delivery.planned)
  expect(journeys.flatMap(({ outcomes }) => Object.keys(outcomes)).filter((one) => !isExpected(one))).toEqual([])
  expect(integrity).toMatchObject({ complete: true, lost: 0, duplicated: 0, doubleBooked: 0, half: 0, corrupted: 0 })
  expect(integrity.verified).toBe(integrity.acknowledged)
}

const isExpected = (outcome: string): boolean => ['done', 'cut', 'declined', 'no-offer', 'abandoned'].includes(outcome)

test('a minute of bookings ends in a verdict on HAPI FHIR, and every confirmed write is there', async () => {
  const minute = ['--day', 'weekday', '--from', '09:00', '--to', '09:01', '--scale', '0.05']
  const record = await run(['recup-day', ...minute], { recup: hapi.baseUrl })
  expectSound(record)
  expect(record.integrity.acknowledged).toBeGreaterThan(20)
}, 400_000)

test('a minute of the emergency departments ends in a verdict on HAPI FHIR and Orthanc', async () => {
  const minute = ['--day', 'monday', '--from', '10:00', '--to', '10:01', '--image-size', 'small']
  const imaging = await startOrthanc()
  const record = await run(['emergency-month', ...minute], { emergency: hapi.baseUrl, imaging })
  expectSound(record)
  expect(record.integrity.acknowledged).toBeGreaterThan(30)
}, 400_000)
