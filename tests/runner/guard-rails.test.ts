import { expect, test } from 'vitest'
import { type Target, targetSchema } from '../../model/target.ts'
import { guardScenario, guardTarget } from '../../runner/guard-rails.ts'
import { hostileTraffic } from '../../scenarios/hostile-traffic.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

const targetOf = (change: Readonly<Record<string, unknown>>): Target =>
  targetSchema.parse({
    schemaVersion: 1,
    name: 'somewhere',
    environment: 'staging',
    allowedHosts: ['ok.example'],
    systems: { recup: { baseUrl: 'https://ok.example/fhir' } },
    ...change,
  })

test.each(['development', 'staging'])('%s on an allowed host may be loaded', (environment) => {
  expect(() => guardTarget(targetOf({ environment }))).not.toThrow()
})

test.each([
  ['a part of the name', 'https://k.example/fhir'],
  ['a subdomain', 'https://www.ok.example/fhir'],
  ['the name as a user', 'https://ok.example@other.example/fhir'],
  ['the name as a path', 'https://other.example/ok.example'],
])('%s of an allowed host is another host', (_, baseUrl) => {
  expect(() => guardTarget(targetOf({ systems: { recup: { baseUrl } } }))).toThrow(
    expect.objectContaining({ kind: 'refused', message: expect.stringContaining('systems.recup.baseUrl') }),
  )
})

test('every reason is named: production, and each address on a host that is not allowed', () => {
  const target = targetOf({
    environment: 'production',
    systems: { recup: { baseUrl: 'https://a.example' }, prescriptions: { baseUrl: 'https://b.example' } },
    auth: { kind: 'client-credentials', tokenUrl: 'https://c.example/t', clientIdEnv: 'ID', clientSecretEnv: 'SECRET' },
    chaosMesh: {
      namespace: 'shop',
      components: { recup: { labelSelectors: { app: 'web' }, healthUrl: 'https://d.example/health' } },
    },
  })
  expect(() => guardTarget(target)).toThrow(
    [
      'expected a target that is not production, got somewhere with environment production',
      'expected systems.recup.baseUrl on one of ok.example, got a.example',
      'expected systems.prescriptions.baseUrl on one of ok.example, got b.example',
      'expected auth.tokenUrl on one of ok.example, got c.example',
      'expected chaosMesh.components.recup.healthUrl on one of ok.example, got d.example',
    ].join('\n'),
  )
})

const auth = { kind: 'bearer', tokenEnv: 'TOKEN' }

test('a scenario that attacks is refused on a target that does not allow it by name, and on no other', () => {
  expect(() => guardScenario(hostileTraffic, targetOf({ auth }))).toThrow(
    expect.objectContaining({ kind: 'refused', message: expect.stringContaining('allows hostile-traffic') }),
  )
  expect(() => guardScenario(hostileTraffic, targetOf({ auth, allows: ['hostile-traffic'] }))).not.toThrow()
  const embedded = { schemaVersion: 1, name: 'embedded', environment: 'embedded', fiscalCodes: 'marked' } as const
  expect(() => guardScenario(hostileTraffic, embedded)).not.toThrow()
  expect(() => guardScenario(recupDay, targetOf({}))).not.toThrow()
  expect(() => guardScenario(hostileTraffic, targetOf({ allows: ['hostile-traffic'] }))).toThrow(
    expect.objectContaining({ kind: 'usage', message: expect.stringContaining('with auth none') }),
  )
})
