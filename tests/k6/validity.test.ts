import { expect, test } from 'vitest'
import { k6Path } from '../../cli/k6-path.ts'
import type { Scenario } from '../../model/scenario.ts'
import { k6Environment } from '../../runner/k6-environment.ts'
import { smoke } from '../../runner/smoke.ts'
import { digitalServices } from '../../scenarios/digital-services.ts'
import { emergencyMonth } from '../../scenarios/emergency-month.ts'
import { recupDay } from '../../scenarios/recup-day.ts'
import { fhirProblems } from '../fhir-problems.ts'
import { loaded } from './walked.ts'

/** Everybody there is. */
const everybody: Scenario = {
  ...recupDay,
  streams: [...recupDay.streams, ...emergencyMonth.streams, ...digitalServices.streams],
}

/** The resource of a request, and those in a bundle. */
const typesIn = (body: string): readonly string[] => {
  const { resourceType, entry = [] } = JSON.parse(body)
  return [resourceType, ...entry.map((one: { resource?: { resourceType: string } }) => one.resource?.resourceType)]
}

test('everything that is loaded, and that any journey of any stream sends, is valid FHIR R4', async () => {
  const bodies = new Set<string>()
  const { dir, drawn, open } = await loaded({
    scenario: everybody,
    slice: { day: 'monday', from: '09:00', to: '09:01' },
    meddle: ({ body }) => {
      if (body.includes('"resourceType"')) bodies.add(body)
      return undefined
    },
  })
  const prepared = bodies.size
  const { signal } = new AbortController()
  await smoke({ k6: k6Path(process.env), dir, env: k6Environment(open, 'ns'), streams: drawn.plan.streams, signal })
  expect(bodies.size).toBeGreaterThan(prepared + 20)
  expect([...new Set([...bodies].flatMap((body) => fhirProblems(JSON.parse(body))))]).toEqual([])
  const types = new Set([...bodies].flatMap(typesIn))
  for (const type of [
    'Patient',
    'Slot',
    'Schedule',
    'Appointment',
    'Task',
    'Invoice',
    'ServiceRequest',
    'Organization',
  ])
    expect(types).toContain(type)
  for (const type of ['Encounter', 'Observation', 'DiagnosticReport', 'DocumentReference', 'Binary'])
    expect(types).toContain(type)
})
