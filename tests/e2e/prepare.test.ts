import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { FhirClient } from '../../clients/fhir-client.ts'
import { authorizer } from '../../clients/token.ts'
import { systems } from '../../generators/fhir/naming.ts'
import { targetSchema } from '../../model/target.ts'
import { processesIn } from '../../qualify/left-behind.ts'
import { freePorts } from './free-ports.ts'
import { collaudo, startCollaudo } from './start-collaudo.ts'

const env = { COLLAUDO_TWIN_CLIENT_ID: 'collaudo', COLLAUDO_TWIN_CLIENT_SECRET: 'prepared' }
const slice = ['recup-day', '--day', 'monday', '--from', '09:00', '--to', '09:05']

/** How many resources of a type carry a tag on the target, counted page by page. */
const counted = async (client: FhirClient, type: string, tag: string): Promise<number> => {
  const ids = new Set<string>()
  for await (const { id = '' } of client.search(
    `${type}?_tag=${encodeURIComponent(`${systems.runTag}|${tag}`)}&_count=200`,
  ))
    ids.add(id)
  return ids.size
}

/** Whether the first slots have come. */
const isLoading = async (client: FhirClient, tag: string): Promise<boolean> => {
  const { body } = await client.get(`Slot?_tag=${encodeURIComponent(`${systems.runTag}|${tag}`)}&_count=1`)
  return body?.resourceType === 'Bundle' && (body.entry ?? []).length > 0
}

test('prepare that is killed with -9 half-way and run again leaves exactly what the plan wants, and clean removes all of it', async () => {
  const twin = startCollaudo(['up', '--port', String(await freePorts())], env)
  await twin.said('Ctrl-C stops it')
  const file = join(twin.dir, 'runs', 'twin.yaml')
  const target = targetSchema.parse(parse(readFileSync(file, 'utf8')))
  const authorize = authorizer(target.auth, env, { now: Date.now })
  const client = (baseUrl: string) => new FhirClient({ baseUrl, authorize, timeoutMs: 10_000 })
  const recup = client(target.systems.recup?.baseUrl ?? '')

  const { dataset, fingerprint } = JSON.parse((await collaudo(['plan', ...slice, '--json'])).stdout)
  const namespace = `p${fingerprint.slice(0, 12)}`
  const first = startCollaudo(['prepare', ...slice, '--target', file], env)
  for (let look = 0; look < 600 && !(await isLoading(recup, namespace)); look++) await pause(20)
  for (const pid of processesIn(first.dir)) process.kill(pid, 'SIGKILL')
  await first.ended
  const partly = await counted(recup, 'Slot', namespace)
  expect(partly).toBeGreaterThan(0)
  expect(partly).toBeLessThan(dataset.slots)

  const second = await collaudo(['prepare', ...slice, '--target', file, '--json'], env)
  expect(second.exitCode).toBe(0)
  expect(JSON.parse(second.stdout).namespace).toBe(namespace)
  const prescriptions = client(target.systems.prescriptions?.baseUrl ?? '')
  expect({
    slots: await counted(recup, 'Slot', namespace),
    schedules: await counted(recup, 'Schedule', namespace),
    appointments: await counted(recup, 'Appointment', namespace),
    patients: await counted(recup, 'Patient', 'people-1'),
    prescriptions: await counted(prescriptions, 'ServiceRequest', namespace),
  }).toEqual({
    slots: dataset.slots,
    schedules: dataset.schedules,
    appointments: dataset.appointments,
    patients: dataset.patients,
    prescriptions: dataset.prescriptions,
  })

  const clean = ['clean', '--target', file, '--run', namespace, '--json']
  const { organizations: _, patients, ...ofRun } = dataset
  expect(JSON.parse((await collaudo(clean, env)).stdout).removed).toEqual({
    Appointment: ofRun.appointments,
    Invoice: ofRun.invoices,
    Task: ofRun.tasks,
    studies: 0,
    Slot: ofRun.slots,
    Schedule: ofRun.schedules,
    ServiceRequest: ofRun.prescriptions,
    Encounter: 0,
    Condition: 0,
    Observation: 0,
    DiagnosticReport: 0,
    DocumentReference: 0,
    Binary: 0,
  })
  expect(JSON.parse((await collaudo(clean, env)).stdout).removed).toMatchObject({ Appointment: 0, Slot: 0 })
  expect([await counted(recup, 'Slot', namespace), await counted(recup, 'Patient', 'people-1')]).toEqual([0, patients])
  twin.child.kill('SIGINT')
  expect((await twin.ended).exitCode).toBe(0)
})

test('doctor finds this machine fit', async () => {
  const { exitCode, stdout } = await collaudo(['doctor'])
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/✓ node .*✓ k6 /s)])
})
