import { describe, expect, it } from 'vitest'
import { isFaint, showsEffect } from '../../../chaos/drivers/links/link-effect.ts'
import type { Probed } from '../../../chaos/drivers/links/probe.ts'
import { type LinkFault, linkFaultKinds } from '../../../model/fault.ts'

const usual: Probed = { durationMs: 2, status: 200, body: '{"status":"pass"}', error: '' }
const component = 'recup'

/** One of each kind, and what a probe sees of it. */
const cases: readonly (readonly [LinkFault, Partial<Probed>])[] = [
  [{ kind: 'latency', component, delayMs: 300, jitterMs: 50 }, { durationMs: 280 }],
  [
    { kind: 'partition', component },
    { status: 0, error: 'timeout', durationMs: 1500 },
  ],
  [
    { kind: 'reset', component },
    { status: 0, error: 'ECONNRESET' },
  ],
  [{ kind: 'bandwidth', component, bytesPerSecond: 20 }, { durationMs: 800 }],
  [{ kind: 'slicing', component, sliceBytes: 4, delayMs: 100 }, { durationMs: 400 }],
  [
    { kind: 'stall-and-reset', component, stallMs: 100 },
    { status: 0, error: 'ECONNRESET', durationMs: 100 },
  ],
  [{ kind: 'http-error', component, status: 503 }, { status: 503 }],
  [{ kind: 'slow-body', component, bytesPerSecond: 20 }, { durationMs: 800 }],
  [
    { kind: 'truncated-body', component },
    { error: 'aborted', body: '{"st' },
  ],
  [{ kind: 'altered-body', component }, { body: '{"status":"qass"}' }],
  [
    { kind: 'expired-certificate', component },
    { status: 0, error: 'CERT_HAS_EXPIRED' },
  ],
  [
    { kind: 'dns-failure', component },
    { status: 0, error: 'ENOTFOUND' },
  ],
]

describe('the effect of a fault on a probe', () => {
  it('is known of every kind', () => {
    expect(cases.map(([{ kind }]) => kind).toSorted()).toEqual([...linkFaultKinds].toSorted())
  })

  it.each(cases.map(([fault, seen]) => [fault.kind, fault, seen] as const))(
    'of %s is seen when it is there, and not when it is not',
    (_, fault, seen) => {
      expect(showsEffect(fault, { ...usual, ...seen }, usual)).toBe(true)
      expect(showsEffect(fault, usual, usual)).toBe(false)
      expect(isFaint(fault)).toBe(false)
    },
  )

  it.each<LinkFault>([
    { kind: 'latency', component, delayMs: 80, jitterMs: 20 },
    { kind: 'latency', component, delayMs: 300, jitterMs: 300 },
    { kind: 'bandwidth', component, bytesPerSecond: 1_000_000 },
    { kind: 'slicing', component, sliceBytes: 1000, delayMs: 10 },
  ])('is too faint for a probe: %o', (fault) => {
    expect(isFaint(fault)).toBe(true)
  })
})
