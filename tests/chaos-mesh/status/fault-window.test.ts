import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withSample } from '../../../chaos-mesh/api/offset-estimate.ts'
import { faultWindow } from '../../../chaos-mesh/status/fault-window.ts'
import { readObserved } from '../../../chaos-mesh/status/observed.ts'
import { startCluster } from '../fake-api/cluster.ts'
import { recording } from '../fake-api/recording.ts'
import { requestOf } from '../fake-api/request-of.ts'

const sameClock = { earliestMs: 0, latestMs: 0 }
const at = (time: string) => Date.parse(`2026-11-23T21:${time}Z`)
const second = (time: string) => ({ earliestUnixMs: at(time), latestUnixMs: at(time) + 1000 })

const lastOf = (name: string) => readObserved(recording(name).events.at(-1)?.object)

describe('the window of a fault', () => {
  it('is that of the records, each moment to the second', () => {
    const stretch = { from: second('49:48'), to: second('49:51') }
    expect(faultWindow(lastOf('d-network-delay'), sameClock)).toEqual({
      anywhere: stretch,
      everywhere: [stretch],
      isComplete: true,
    })
  })

  it('is as uncertain as the offset, to either side', () => {
    const from = faultWindow(lastOf('d-network-delay'), { earliestMs: 100, latestMs: 300 })?.anywhere.from
    expect(from).toEqual({ earliestUnixMs: at('49:48') - 300, latestUnixMs: at('49:48') + 1000 - 100 })
  })

  it('has no end while it is there', () => {
    expect(faultWindow(lastOf('d-recover-fails'), sameClock)).toEqual({
      anywhere: { from: second('50:04') },
      everywhere: [{ from: second('50:04') }],
      isComplete: true,
    })
  })

  it('is none when nothing was injected', () => {
    expect(faultWindow(lastOf('network-no-daemon'), sameClock)).toBeUndefined()
    expect(faultWindow(lastOf('empty-selection'), sameClock)).toBeUndefined()
  })

  it('begins when it was injected, not when it was created or failed', () => {
    expect(faultWindow(lastOf('d-apply-fails-then-heals'), sameClock)?.anywhere.from).toEqual(second('50:04'))
  })

  it('has a stretch for each side of a pause', () => {
    expect(faultWindow(lastOf('pod-failure-pause'), sameClock)?.everywhere).toHaveLength(2)
  })

  it('is everywhere only while all targets are hit', () => {
    const event = (operation: string, time: string) => ({
      operation,
      type: 'Succeeded',
      timestamp: `2026-11-23T21:${time}Z`,
    })
    const record = (id: string, from: string, to: string) => ({
      id,
      phase: 'Not Injected',
      injectedCount: 1,
      recoveredCount: 1,
      events: [event('Apply', from), event('Recover', to)],
    })
    const object = readObserved({
      kind: 'NetworkChaos',
      metadata: { name: 'x', namespace: 'shop', uid: '1' },
      spec: {},
      status: { experiment: { containerRecords: [record('a', '00:10', '00:40'), record('b', '00:20', '00:30')] } },
    })
    expect(faultWindow(object, sameClock)).toEqual({
      anywhere: { from: second('00:10'), to: second('00:40') },
      everywhere: [{ from: second('00:20'), to: second('00:30') }],
      isComplete: true,
    })
  })

  it('is told on our clock', async () => {
    await using cluster = await startCluster()
    const { api, client, clock } = cluster
    api.skewMs = 3_600_000
    const reference = await clock.during(client.create(requestOf('d-network-delay')))
    const end = await clock.during(client.waitForEnd(reference, { withinMs: 10_000, until: 'over' }))
    if (end.kind !== 'recovered') throw new Error(`expected recovered, got ${end.kind}`)
    const from = client.faultWindow(end.object)?.anywhere.from
    const hourEarlierUnixMs = at('49:48') - 3_600_000
    expect(from?.earliestUnixMs).toBeGreaterThan(hourEarlierUnixMs - 1001)
    expect(from?.earliestUnixMs).toBeLessThanOrEqual(hourEarlierUnixMs)
    expect(from?.latestUnixMs).toBeGreaterThanOrEqual(hourEarlierUnixMs)
    expect(from?.latestUnixMs).toBeLessThan(hourEarlierUnixMs + 2001)
  })
})

describe('the offset of the server’s clock', () => {
  const samples = fc.array(
    fc.record({
      atMs: fc.nat(100_000),
      latencyMs: fc.nat(500),
      answeredAfter: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )

  it('always lies in its range, which only narrows', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: -1e7, max: 1e7 }), (all, offsetMs) => {
        let known: ReturnType<typeof withSample> | undefined
        for (const { atMs, latencyMs, answeredAfter } of all) {
          const serverMs = atMs + Math.floor(latencyMs * answeredAfter) + offsetMs
          const sample = {
            sentUnixMs: atMs,
            receivedUnixMs: atMs + latencyMs,
            serverUnixMs: Math.floor(serverMs / 1000) * 1000,
          }
          const narrowed = withSample(known, sample)
          expect(narrowed.earliestMs).toBeLessThanOrEqual(offsetMs)
          expect(narrowed.latestMs).toBeGreaterThanOrEqual(offsetMs)
          if (known)
            expect(narrowed.latestMs - narrowed.earliestMs).toBeLessThanOrEqual(known.latestMs - known.earliestMs)
          known = narrowed
        }
      }),
    )
  })

  it('begins anew when a clock was set', () => {
    const before = withSample(undefined, { sentUnixMs: 0, receivedUnixMs: 10, serverUnixMs: 0 })
    const set = withSample(before, { sentUnixMs: 1000, receivedUnixMs: 1010, serverUnixMs: 60_000 })
    expect(set).toEqual({ earliestMs: 58_990, latestMs: 60_000 })
  })
})
