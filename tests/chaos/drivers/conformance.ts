import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Driver, Proof } from '../../../chaos/driver.ts'
import type { Undoing } from '../../../chaos/restoring/journal-entry.ts'
import type { Fault, FaultKind } from '../../../model/fault.ts'
import { faultKinds } from '../../../model/fault-kinds.ts'

/** One of each kind, large enough to be told from noise, for recup with two replicas and prescriptions. */
export const examples: Readonly<Record<Exclude<FaultKind, 'dns-failure'>, Fault>> = {
  latency: { kind: 'latency', component: 'recup', delayMs: 400, jitterMs: 50 },
  partition: { kind: 'partition', component: 'prescriptions' },
  reset: { kind: 'reset', component: 'clients→recup' },
  bandwidth: { kind: 'bandwidth', component: 'recup#1', bytesPerSecond: 500 },
  slicing: { kind: 'slicing', component: 'clients→recup', sliceBytes: 20, delayMs: 50 },
  'stall-and-reset': { kind: 'stall-and-reset', component: 'clients→identity', shareRatio: 0.5, stallMs: 200 },
  'http-error': { kind: 'http-error', component: 'clients→recup', status: 503 },
  'slow-body': { kind: 'slow-body', component: 'clients→recup', bytesPerSecond: 500 },
  'truncated-body': { kind: 'truncated-body', component: 'clients→recup' },
  'altered-body': { kind: 'altered-body', component: 'clients→recup', shareRatio: 0.9 },
  'expired-certificate': { kind: 'expired-certificate', component: 'recup→prescriptions' },
  kill: { kind: 'kill', component: 'prescriptions' },
  freeze: { kind: 'freeze', component: 'recup#2' },
  'rolling-restart': { kind: 'rolling-restart', component: 'recup', everyMs: 300 },
  'cpu-pressure': { kind: 'cpu-pressure', component: 'prescriptions', loadRatio: 0.3 },
  'memory-pressure': { kind: 'memory-pressure', component: 'prescriptions', sizeBytes: 50_000_000 },
  'clock-skew': { kind: 'clock-skew', component: 'recup#1', offsetMs: 3_600_000 },
  'read-only-storage': { kind: 'read-only-storage', component: 'recup.store' },
  'disk-full': { kind: 'disk-full', component: 'recup.store' },
  'slow-storage': { kind: 'slow-storage', component: 'recup.store', delayMs: 300 },
}

/** Longer than any of these tests. */
export const lastsMs = 60_000

/** Measures until it holds, as the conductor does; the last measurement otherwise. */
export const until = async (measure: () => Promise<Proof>): Promise<Proof> => {
  for (let tries = 0; tries < 100; tries++) {
    const proof = await measure()
    if (proof.holds) return proof
    await sleep(50)
  }
  return measure()
}

/** What is particular to a driver. */
export interface DriverUnderTest {
  /** It is there when the tests run. */
  readonly driver: () => Driver
  /** Kinds of the examples that it cannot make, and says so. */
  readonly cannot: readonly FaultKind[]
  /** Whether what an undoing names is there now. */
  readonly isThere: (undoing: Undoing) => Promise<boolean>
}

/** What every driver owes: each fault is proven while it is there and gone afterwards, and can be undone by somebody else. */
export const conformance = ({ driver, cannot, isThere }: DriverUnderTest): void => {
  const faults = Object.values(examples).filter(({ kind }) => !cannot.includes(kind))

  it('has an example of every kind of fault that it can make', () => {
    const kinds = [...faults.map(({ kind }) => kind), ...cannot]
    expect(kinds.toSorted()).toEqual(faultKinds.toSorted())
  })

  describe.each(faults.map((fault) => [fault.kind, fault.component, fault] as const))(
    '%s on %s',
    (_kind, _component, fault) => {
      it('is proven while it is there, and is gone afterwards', async () => {
        expect(driver().cannot(fault)).toBeUndefined()
        await driver().calibrate(fault)
        const injection = await driver().inject(`test-${fault.kind}`, fault, lastsMs)
        expect(await until(() => injection.prove())).toMatchObject({ holds: true })
        await injection.restore()
        expect(await until(() => injection.proveGone())).toMatchObject({ holds: true })
        // Whoever ends it once more does no harm.
        await injection.restore()
        expect(await until(() => injection.proveGone())).toMatchObject({ holds: true })
      }, 60_000)

      it('can be undone by somebody else, who knows how before it is made', async () => {
        await driver().calibrate(fault)
        const undoings = driver().undoingsOf(fault, 'f1')
        expect(await Promise.all(undoings.map(isThere))).toEqual(undoings.map(() => true))
        expect(undoings.length > 0).toBe(!['kill', 'rolling-restart'].includes(fault.kind))
      })
    },
  )

  it.each<readonly [string, Fault]>([
    ['a component that is not there', { kind: 'freeze', component: 'reports' }],
    ['a replica that is not there', { kind: 'freeze', component: 'recup#3' }],
    ['a fault of storage on a system', { kind: 'disk-full', component: 'recup' }],
    ['a fault of a process on a way', { kind: 'kill', component: 'recup→prescriptions' }],
  ])('says that it cannot make %s', (_, fault) => {
    expect(driver().cannot(fault)).toMatch(/^expected .*, got /)
  })

  it.each(cannot.map((kind) => [kind, exampleOf(kind)] as const))('says why it cannot make %s', (_, fault) => {
    expect(driver().cannot(fault)).toMatch(/^(?!expected).{20,}/)
  })

  it('tells the health of every system past a fault on its way, and that of the way over it', async () => {
    const well = Object.fromEntries(
      ['recup', 'prescriptions', 'identity'].flatMap((name) => [
        [name, true],
        [`clients→${name}`, true],
      ]),
    )
    expect(await driver().health()).toEqual(well)
    await driver().calibrate(examples.reset)
    const injection = await driver().inject('test-health', examples.reset, lastsMs)
    expect(await driver().health()).toEqual({ ...well, 'clients→recup': false })
    await injection.restore()
    expect(await driver().health()).toEqual(well)
  })
}

const exampleOf = (kind: FaultKind): Fault =>
  kind === 'dns-failure' ? { kind, component: 'recup→prescriptions' } : examples[kind]
