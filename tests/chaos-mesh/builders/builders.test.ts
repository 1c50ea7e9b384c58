import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containerKill } from '../../../chaos-mesh/builders/container-kill.ts'
import { dnsChaos } from '../../../chaos-mesh/builders/dns-chaos.ts'
import { ioChaos } from '../../../chaos-mesh/builders/io-chaos.ts'
import { type NetworkFault, networkChaos } from '../../../chaos-mesh/builders/network-chaos.ts'
import { podFailure } from '../../../chaos-mesh/builders/pod-failure.ts'
import { podKill } from '../../../chaos-mesh/builders/pod-kill.ts'
import { schedule } from '../../../chaos-mesh/builders/schedule.ts'
import { stressChaos } from '../../../chaos-mesh/builders/stress-chaos.ts'
import { timeChaos } from '../../../chaos-mesh/builders/time-chaos.ts'
import type { SafeExperiment, Schedule } from '../../../chaos-mesh/manifest.ts'
import { problemsOf } from '../../../chaos-mesh/problems-of.ts'

const web = { selector: { labelSelectors: { app: 'web' } }, mode: { kind: 'all' } } as const
const base = { name: 'x', namespace: 'shop', labels: { run: '7' }, ...web }
const lasting = { ...base, durationMs: 90_000 }

describe('a built manifest', () => {
  const manifests: readonly (SafeExperiment | Schedule)[] = [
    podKill({ ...base, gracePeriodSeconds: 5 }),
    containerKill({ ...base, containerNames: ['app'] }),
    podFailure(lasting),
    networkChaos({ ...lasting, fault: { kind: 'delay', latencyMs: 100, jitterMs: 10, correlationPercent: 25 } }),
    networkChaos({ ...lasting, fault: { kind: 'loss', percent: 5 }, direction: 'both', target: web }),
    networkChaos({ ...lasting, fault: { kind: 'bandwidth', bitsPerSecond: 1e6, queueBytes: 20_000, burstBytes: 1e4 } }),
    networkChaos({ ...lasting, fault: { kind: 'partition' }, externalTargets: ['example.org:443'] }),
    stressChaos({ ...lasting, cpu: { workers: 2, loadPercent: 90 }, memory: { workers: 1, size: '80%' } }),
    ioChaos({ ...lasting, fault: { kind: 'latency', delayMs: 100 }, volumePath: '/data', percent: 50 }),
    ioChaos({ ...lasting, fault: { kind: 'fault', errno: 28 }, volumePath: '/data', methods: ['write', 'create'] }),
    dnsChaos({ ...lasting, action: 'error', patterns: ['prescriptions.*'] }),
    timeChaos({ ...lasting, offsetMs: -600_000 }),
    schedule({ name: 'x', namespace: 'shop', cron: '@every 1m', experiment: podFailure(lasting) }),
  ]

  it('has no problem', () => {
    expect(manifests.flatMap(problemsOf)).toEqual([])
  })

  it('says what was asked for', () => {
    expect(manifests.map(({ kind, spec }) => ({ kind, spec }))).toMatchSnapshot()
  })

  it('says durations as Go reads them', () => {
    expect(podFailure({ ...base, durationMs: 1500 }).spec.duration).toBe('1500ms')
    expect(podFailure(lasting).spec.duration).toBe('90s')
  })
})

describe('a builder', () => {
  it('throws all problems at once', () => {
    const build = () =>
      networkChaos({
        ...lasting,
        selector: {},
        durationMs: 10,
        fault: { kind: 'loss', percent: 101 },
        direction: 'from',
        externalTargets: ['not a host!'],
      })
    const paths = ['loss.loss', 'selector', 'duration', 'externalTargets.0', 'externalTargets', 'target']
    for (const path of paths) expect(build).toThrow(`x: spec.${path}: expected`)
  })

  it('makes a valid manifest or none, whatever it is told', () => {
    const faults: fc.Arbitrary<NetworkFault> = fc.oneof(
      fc.record({ kind: fc.constant('loss' as const), percent: fc.double() }),
      fc.record({ kind: fc.constant('delay' as const), latencyMs: fc.double(), jitterMs: fc.double() }),
      fc.record({
        kind: fc.constant('bandwidth' as const),
        bitsPerSecond: fc.double(),
        queueBytes: fc.integer(),
        burstBytes: fc.integer(),
      }),
    )
    fc.assert(
      fc.property(faults, fc.double(), (fault, durationMs) => {
        try {
          expect(problemsOf(networkChaos({ ...base, fault, durationMs }))).toEqual([])
        } catch (error) {
          expect(error).toMatchObject({ kind: 'invalid-manifest' })
        }
      }),
    )
  })
})

describe('judging a manifest', () => {
  it('never throws, whatever it is given', () => {
    const manifests = fc.oneof(
      fc.anything(),
      fc.record({
        apiVersion: fc.constant('chaos-mesh.org/v1alpha1'),
        kind: fc.constantFrom(
          'PodChaos',
          'NetworkChaos',
          'StressChaos',
          'IOChaos',
          'DNSChaos',
          'TimeChaos',
          'Schedule',
        ),
        metadata: fc.anything(),
        spec: fc.oneof(
          fc.anything(),
          fc.record({ action: fc.anything(), selector: fc.anything(), type: fc.anything() }),
        ),
      }),
    )
    fc.assert(
      fc.property(manifests, (manifest) => {
        expect(problemsOf(manifest).length).toBeGreaterThan(0)
      }),
    )
  })
})
