import { describe, expect, it, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { plannedOf, planOf } from '../../../../chaos/drivers/chaos-mesh/planned.ts'
import { toYaml } from '../../../../chaos/drivers/chaos-mesh/to-yaml.ts'
import { firstLook } from '../../../../chaos/experiments/first-look.ts'
import { experiments } from '../../../../chaos/experiments/registry.ts'
import { problemsOf } from '../../../../chaos-mesh/problems-of.ts'
import type { Fault, FaultKind } from '../../../../model/fault.ts'
import { faultKinds } from '../../../../model/fault-kinds.ts'
import { faultExamples } from '../fault-examples.ts'
import { shop } from './shop.ts'

const target = shop()
const plan = (fault: Fault) => plannedOf(fault, { id: 'f1', lastsMs: 40_000 }, { run: 'r1', target })

/** On ways where a cluster has no other place for a fault, on pods where it has no other. */
const examples: Readonly<Record<FaultKind, Fault>> = {
  ...faultExamples,
  latency: { kind: 'latency', component: 'clients→recup', delayMs: 400, jitterMs: 50 },
  partition: { kind: 'partition', component: 'recup→prescriptions' },
  'cpu-pressure': { kind: 'cpu-pressure', component: 'recup', loadRatio: 0.3 },
  'memory-pressure': { kind: 'memory-pressure', component: 'recup', sizeBytes: 50_000_000 },
}

describe('every kind of fault', () => {
  it('has an example here', () => {
    expect(Object.keys(examples).toSorted()).toEqual(faultKinds.toSorted())
  })

  it.each(Object.values(examples))('is a manifest that is valid, or a reason: $kind', (fault) => {
    const planned = plan(fault)
    if (typeof planned === 'string') expect(planned).toMatchSnapshot()
    else {
      expect(problemsOf(planned.manifest)).toEqual([])
      expect(planned.manifest).toMatchSnapshot()
    }
  })
})

describe('what cannot be hit honestly', () => {
  it.each<readonly [string, Fault, RegExp]>([
    [
      'some connections only',
      { kind: 'latency', component: 'recup', delayMs: 1, shareRatio: 0.5 },
      /knows no|leave shareRatio out/,
    ],
    [
      'some requests only',
      { kind: 'latency', component: 'recup', delayMs: 1, route: { method: 'GET' } },
      /leave the route out/,
    ],
    [
      'a component that the target does not name',
      { kind: 'kill', component: 'telemedicine' },
      /expected a component of recup, .* got telemedicine/,
    ],
    [
      'a fault of storage on a system',
      { kind: 'disk-full', component: 'recup' },
      /expected disk-full on a store, got recup/,
    ],
    [
      'a queue that is slow',
      { kind: 'latency', component: 'queue', delayMs: 1 },
      /expected latency on a system or .*, got queue/,
    ],
    [
      'the names of a system for everybody',
      { kind: 'dns-failure', component: 'recup' },
      /expected a way from one system to another/,
    ],
    [
      'names that are not told',
      { kind: 'dns-failure', component: 'prescriptions→recup' },
      /expected chaosMesh\.components\.recup\.dnsNames/,
    ],
    ['a clock that is right', { kind: 'clock-skew', component: 'recup', offsetMs: 0 }, /off by nothing/],
  ])('is told: %s', (_, fault, said) => {
    expect(plan(fault)).toMatch(said)
  })

  it('is told: clients of whom nobody knows where they are', () => {
    const { clients: _, ...unknown } = target
    const fault: Fault = { kind: 'latency', component: 'clients→recup', delayMs: 1 }
    const planned = plannedOf(fault, { id: 'f1', lastsMs: 1 }, { run: 'r1', target: unknown })
    expect(planned).toMatch(/expected chaosMesh\.clients\.addresses/)
  })

  it('is told: a store of which nobody knows where it is', () => {
    const bare = shop({ components: { 'recup.store': { labelSelectors: { app: 'db' } } } })
    const planned = plannedOf(examples['disk-full'], { id: 'f1', lastsMs: 1 }, { run: 'r1', target: bare })
    expect(planned).toMatch(/expected chaosMesh\.components\.recup\.store\.volumePath/)
  })
})

test('each experiment is a set of manifests, or is told why not', () => {
  const rows = [...experiments, firstLook].map((experiment) => {
    const { planned, problems } = planOf(experiment, { run: 'r1', target })
    return [experiment.name, problems.length > 0 ? problems : planned.map(({ manifest }) => manifest.kind)]
  })
  expect(Object.fromEntries(rows)).toMatchSnapshot()
})

test('a fault has an end of its own, later than its planned one', () => {
  const planned = plan(examples.partition)
  expect(typeof planned !== 'string' && planned.manifest.spec).toMatchObject({ duration: '55s' })
})

test.each(['1.1', '1.2'] as const)(
  'labels that look like something else are printed as texts for a reader of YAML %s',
  (version) => {
    const values = ['on', 'yes', 'n', 'No', '1_000', '1e3', '0o14', '014', '0x1F', 'null', '1.5', '2026-01-01', '']
    const labelSelectors = Object.fromEntries(
      values.map((value, index) => [index === 0 ? 'on' : `label-${index}`, value]),
    )
    const odd = shop({ components: { recup: { labelSelectors } } })
    const fault: Fault = { kind: 'kill', component: 'recup' }
    const { planned } = planOf({ faults: [{ fault, lastsMs: 1 }] }, { run: 'r1', target: odd })
    const text = toYaml(planned.map(({ manifest }) => manifest))
    expect(parse(text, { version })).toMatchObject({ spec: { selector: { labelSelectors } } })
  },
)

test('manifests are printed as documents of YAML that read the same', () => {
  const { planned } = planOf(
    {
      faults: [
        { fault: examples.partition, lastsMs: 1 },
        { fault: examples.kill, lastsMs: 1 },
      ],
    },
    { run: 'r1', target },
  )
  const manifests = planned.map(({ manifest }) => manifest)
  expect(parseAllDocuments(toYaml(manifests)).map((document) => document.toJS())).toEqual(manifests)
})
