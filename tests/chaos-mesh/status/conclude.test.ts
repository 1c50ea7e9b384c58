import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Conclusion, conclude } from '../../../chaos-mesh/status/conclude.ts'
import { type Observed, readObserved, recordsOf } from '../../../chaos-mesh/status/observed.ts'
import { recordings } from '../fake-api/recording.ts'

const experiments = [...recordings.values()].filter(({ name }) => name !== 'schedule')

const statesOf = (events: (typeof experiments)[number]['events']) =>
  events.map(({ type, object }) => ({ object: readObserved(object), isGone: type === 'DELETED' }))

/** The conclusions of a life, each once where several follow each other. */
const conclusionsOf = (name: string): readonly Conclusion['kind'][] =>
  statesOf(recordings.get(name)?.events ?? [])
    .map(({ object, isGone }) => conclude(object, isGone).kind)
    .filter((kind, index, all) => kind !== all[index - 1])

/** By another way than the product's: the last that succeeded of each target is a recovery, at least one succeeded, and nothing is half done. */
const isReallyRecovered = (object: Observed): boolean => {
  const lasts = recordsOf(object).map(({ events }) => events?.findLast(({ type }) => type === 'Succeeded')?.operation)
  const isHalfDone = recordsOf(object).some(({ phase }) => phase.includes('/'))
  return !isHalfDone && lasts.includes('Recover') && !lasts.includes('Apply')
}

const begun = ['pending', 'selecting'] as const
const healthy = [...begun, 'injected', 'recovering', 'recovered'] as const
const slowly = [...begun, 'applying', 'injected', 'recovering', 'recovered'] as const

describe('the life of a recorded experiment', () => {
  it.each<[string, readonly Conclusion['kind'][]]>([
    ['container-kill-no-daemon', [...begun, 'applying', 'recovering', 'never-injected']],
    ['d-apply-fails-then-heals', slowly],
    ['d-container-kill', [...begun, 'done']],
    ['d-http-abort', slowly],
    ['d-io-latency', slowly],
    ['d-network-delay', slowly],
    ['d-network-delete-midway', slowly],
    ['d-network-partition', slowly],
    ['d-partial', healthy],
    ['d-recover-fails', [...begun, 'injected', 'recovering', 'vanished']],
    ['d-stress-cpu', healthy],
    ['d-time-offset', healthy],
    ['empty-selection', [...begun, 'never-injected']],
    ['network-no-daemon', [...begun, 'applying', 'recovering']],
    ['pod-failure-delete', healthy],
    ['pod-failure-duration', healthy],
    [
      'pod-failure-pause',
      [...begun, 'injected', 'recovering', 'paused', 'applying', 'injected', 'recovering', 'recovered'],
    ],
    ['pod-failure-pod-gone', healthy],
    ['pod-kill', [...begun, 'done']],
    ['pod-kill-duration', [...begun, 'done']],
  ])('%s is understood at each state', (name, expected) => {
    expect(conclusionsOf(name)).toEqual(expected)
  })

  it('is judged for every recording there is', () => {
    expect(experiments).toHaveLength(20)
  })
})

describe('recovered', () => {
  it.each(experiments.map((one) => [one.name, one] as const))('is never said too early: %s', (_, { events }) => {
    const early = statesOf(events).filter(
      ({ object, isGone }) => conclude(object, isGone).kind === 'recovered' && !isReallyRecovered(object),
    )
    expect(early).toEqual([])
  })

  it.each(experiments.map((one) => [one.name, one] as const))(
    'is never said of what was seen last before a gap, unless it was: %s',
    (_, { events }) => {
      const wrong = statesOf(events).filter(
        ({ object }) => conclude(object, true).kind === 'recovered' && !isReallyRecovered(object),
      )
      expect(wrong).toEqual([])
    },
  )

  it('needs every target recovered as often as injected, and none half-way, whatever else is said', () => {
    const phases = ['Not Injected', 'Not Injected/Wait', 'Injected', 'Injected/Wait']
    const record = fc.record({
      id: fc.string(),
      phase: fc.constantFrom(...phases),
      injectedCount: fc.nat(2),
      recoveredCount: fc.nat(2),
    })
    const status = fc.record({
      conditions: fc.array(fc.record({ type: fc.constant('AllRecovered'), status: fc.constantFrom('True', 'False') })),
      experiment: fc.record({
        desiredPhase: fc.constantFrom('Run', 'Stop', undefined),
        containerRecords: fc.array(record, { maxLength: 3 }),
      }),
    })
    const isEqual = ({
      phase,
      injectedCount,
      recoveredCount,
    }: {
      phase: string
      injectedCount: number
      recoveredCount: number
    }) => phase === 'Not Injected' && injectedCount === recoveredCount
    fc.assert(
      fc.property(status, fc.boolean(), fc.option(fc.constant('now')), (its, isGone, deletionTimestamp) => {
        const metadata = { name: 'x', namespace: 'shop', uid: '1', ...(deletionTimestamp && { deletionTimestamp }) }
        const { kind } = conclude(readObserved({ kind: 'NetworkChaos', metadata, spec: {}, status: its }), isGone)
        const { desiredPhase, containerRecords } = its.experiment
        const mayBe = desiredPhase === 'Stop' && containerRecords.every(isEqual)
        if (kind === 'recovered' || kind === 'paused') expect(mayBe).toBe(true)
      }),
    )
  })

  it('is not said of an experiment that was created paused, although all its conditions say so', () => {
    const object = readObserved({
      kind: 'NetworkChaos',
      metadata: {
        name: 'x',
        namespace: 'shop',
        uid: '1',
        annotations: { 'experiment.chaos-mesh.org/pause': 'true' },
      },
      spec: {},
      status: { conditions: [{ type: 'AllRecovered', status: 'True' }], experiment: { desiredPhase: 'Stop' } },
    })
    expect(conclude(object).kind).toBe('paused')
  })
})

describe('what was to go on when it was seen last, and is gone', () => {
  it.each(['container-kill-no-daemon', 'd-apply-fails-then-heals', 'empty-selection'])(
    'may have gone on: %s',
    (name) => {
      const running = statesOf(recordings.get(name)?.events ?? []).filter(
        ({ object }) => object.status?.experiment?.desiredPhase === 'Run',
      )
      expect(new Set(running.map(({ object }) => conclude(object, true).kind))).toEqual(new Set(['vanished']))
    },
  )

  it('was never injected when no controller had begun', () => {
    const [first] = statesOf(recordings.get('d-network-delay')?.events ?? [])
    expect(first && conclude(first.object, true).kind).toBe('never-injected')
  })
})

describe('a target that is missing', () => {
  const last = (name: string) => {
    const object = recordings.get(name)?.events.at(-1)?.object
    return conclude(readObserved(object))
  }

  it('is named with the message of the daemon', () => {
    expect(last('network-no-daemon')).toEqual({
      kind: 'recovering',
      missing: [{ id: 'shop/web-0', phase: 'Not Injected/Wait', message: 'cannot find daemonIP on node node-a' }],
    })
  })

  it('is named without a message where nobody gave one', () => {
    expect(last('d-recover-fails')).toEqual({
      kind: 'recovering',
      missing: [{ id: 'shop/web-0/app', phase: 'Injected' }],
    })
  })
})

describe('a target that does not recover', () => {
  const event = (operation: string, type: string, message: string) => ({
    operation,
    type,
    message,
    timestamp: '2026-11-23T21:48:00Z',
  })
  const stuckAfter = (...events: object[]) =>
    conclude(
      readObserved({
        kind: 'NetworkChaos',
        metadata: { name: 'x', namespace: 'shop', uid: '1', deletionTimestamp: '2026-11-23T21:49:00Z' },
        spec: {},
        status: {
          experiment: {
            desiredPhase: 'Stop',
            containerRecords: [{ id: 'shop/web-0', phase: 'Injected', injectedCount: 1, events }],
          },
        },
      }),
    )
  const applied = [event('Apply', 'Failed', 'no daemon'), event('Apply', 'Succeeded', '')]

  it('is told with why its recovery failed', () => {
    expect(stuckAfter(...applied, event('Recover', 'Failed', 'no such process'))).toMatchObject({
      missing: [{ message: 'no such process' }],
    })
  })

  it('is not told with why its injection had failed before', () => {
    expect(stuckAfter(...applied)).toEqual({
      kind: 'recovering',
      missing: [{ id: 'shop/web-0', phase: 'Injected' }],
    })
  })
})
