import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Driver, Proof } from '../../../chaos/driver.ts'
import type { Undoing } from '../../../chaos/restoring/journal-entry.ts'
import { undo } from '../../../chaos/restoring/undo.ts'
import type { Fault, FaultKind } from '../../../model/fault.ts'
import { faultKinds } from '../../../model/fault-kinds.ts'
import { faultExamples } from './fault-examples.ts'

/** Longer than any of these tests. */
export const lastsMs = 60_000

/** Measures until it holds, as the conductor does; the last measurement otherwise. */
export const until = async (measure: () => Promise<Proof>): Promise<Proof> => {
  for (let tries = 0; ; tries++) {
    const proof = await measure().catch((error: unknown) => ({ holds: false, sentence: String(error) }))
    if (proof.holds || tries === 100) return proof
    await sleep(50)
  }
}

/** What is particular to a driver. */
export interface DriverUnderTest {
  /** It is there when the tests run. */
  readonly driver: () => Driver
  /** Kinds of the examples that it cannot make, and says so. */
  readonly cannot: readonly FaultKind[]
  /** Whether what an undoing names is there now. */
  readonly isThere: (undoing: Undoing) => Promise<boolean>
  /** Whether a fault can be undone by somebody else while its run lives, and the proxy of all the others. */
  readonly isUndoneApart: (fault: Fault, undoings: readonly Undoing[]) => boolean
}

/** What every driver owes: each fault is proven while it is there and gone afterwards, and can be undone by somebody else. */
export const conformance = ({ driver, cannot, isThere, isUndoneApart }: DriverUnderTest): void => {
  const faults = Object.values(faultExamples).filter(({ kind }) => !cannot.includes(kind))

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
        if (undoings.length === 0 || !isUndoneApart(fault, undoings)) return
        const injection = await driver().inject(`undone-${fault.kind}`, fault, lastsMs)
        expect(await until(() => injection.prove())).toMatchObject({ holds: true })
        expect(await Promise.all(undoings.map((one) => undo(one, sleep)))).toEqual(undoings.map(() => undefined))
        expect(await until(() => injection.proveGone())).toMatchObject({ holds: true })
        await injection.restore()
      }, 60_000)
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

  it.each(cannot.map((kind) => [kind, faultExamples[kind]] as const))('says why it cannot make %s', (_, fault) => {
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
    await driver().calibrate(faultExamples.reset)
    const injection = await driver().inject('test-health', faultExamples.reset, lastsMs)
    expect(await driver().health()).toEqual({ ...well, 'clients→recup': false })
    await injection.restore()
    expect(await driver().health()).toEqual(well)
  })
}
