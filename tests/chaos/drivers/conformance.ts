import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Driver, Injection, Proof } from '../../../chaos/driver.ts'
import { type Undoing, undoingSchema } from '../../../chaos/restoring/journal-entry.ts'
import { type Sleep, undo } from '../../../chaos/restoring/undo.ts'
import type { Fault, FaultKind } from '../../../model/fault.ts'
import { faultKinds } from '../../../model/fault-kinds.ts'
import { faultExamples } from './fault-examples.ts'

/** Longer than any of these tests. */
export const lastsMs = 60_000

/** Measures until it holds, as the conductor does; the last measurement otherwise. */
export const until = async (measure: () => Promise<Proof>, pause: Sleep = sleep): Promise<Proof> => {
  for (let tries = 0; ; tries++) {
    const proof = await measure().catch((error: unknown) => ({ holds: false, sentence: String(error) }))
    if (proof.holds || tries === 100) return proof
    await pause(50)
  }
}

/** What is particular to a driver. */
export interface DriverUnderTest {
  /** It is there when the tests run. */
  readonly driver: () => Driver
  /** Kinds of the examples that it cannot make, and says so. */
  readonly cannot: readonly FaultKind[]
  /** Kinds that leave nothing behind for somebody else to undo. */
  readonly leavesNothing: readonly FaultKind[]
  /** Whether what an undoing names is there now. */
  readonly isThere: (undoing: Undoing) => Promise<boolean>
  /** Whether a fault can be undone by somebody else while its run lives, and the proxy of all the others. */
  readonly isUndoneApart: (fault: Fault, undoings: readonly Undoing[]) => boolean
  /** What its run then says of its end, where it cannot tell that it is gone; undefined: nothing. */
  readonly unseenEnd: (fault: Fault) => RegExp | undefined
  /** Whether a replica is told by its number; a number is any of them otherwise. */
  readonly hasNumberedReplicas: boolean
  /** Whose health it tells, and whose of them a fault of a way takes. */
  readonly health: { readonly told: readonly string[]; readonly fault: Fault; readonly taken: readonly string[] }
  readonly undo: (undoing: Undoing) => Promise<string | undefined>
  readonly pause: Sleep
}

const systems = ['recup', 'prescriptions', 'identity']

/** What the drivers have in common that put a proxy into every way. */
export const proxied = {
  leavesNothing: ['kill', 'rolling-restart'],
  unseenEnd: () => undefined,
  hasNumberedReplicas: true,
  health: {
    told: [...systems, ...systems.map((name) => `clients→${name}`)],
    fault: faultExamples.reset,
    taken: ['clients→recup'],
  },
  undo: (undoing: Undoing) => undo(undoing, sleep),
  pause: sleep,
} as const satisfies Partial<DriverUnderTest>

/** What every driver owes: each fault is proven while it is there and gone afterwards, and can be undone by somebody else. */
export const conformance = (tested: DriverUnderTest): void => {
  const faults = Object.values(faultExamples).filter(({ kind }) => !tested.cannot.includes(kind))

  it('has an example of every kind of fault that it can make', () => {
    const kinds = [...faults.map(({ kind }) => kind), ...tested.cannot]
    expect(kinds.toSorted()).toEqual(faultKinds.toSorted())
  })

  describe.each(faults.map((fault) => [fault.kind, fault.component, fault] as const))(
    '%s on %s',
    (_kind, _component, fault) => {
      it('is proven while it is there, and is gone afterwards', () => provenAndGone(tested, fault), 60_000)
      it('can be undone by somebody else, who knows how before it is made', () => undoneApart(tested, fault), 60_000)
    },
  )

  refusals(tested)

  it('tells the health of what can be asked, also while a fault of a way takes some of it', () => healthTold(tested))
}

const holding = { holds: true }

const provenAndGone = async ({ driver, isThere, pause }: DriverUnderTest, fault: Fault): Promise<void> => {
  const id = `test-${fault.kind}`
  expect(driver().cannot(fault)).toBeUndefined()
  await driver().calibrate(fault)
  const injection = await driver().inject(id, fault, lastsMs)
  expect(await until(() => injection.prove(), pause)).toMatchObject(holding)
  if (isHeld(injection, fault)) expect(await until(() => proveNotGone(injection), pause)).toMatchObject(holding)
  const restoredUnixMs = await injection.restore()
  expect(restoredUnixMs).toBeGreaterThanOrEqual(injection.injectedUnixMs)
  expect(restoredUnixMs).toBe((await injection.over) ?? restoredUnixMs)
  expect(await until(() => injection.proveGone(), pause)).toMatchObject(holding)
  // Whoever ends it once more does no harm.
  await injection.restore()
  expect(await until(() => injection.proveGone(), pause)).toMatchObject(holding)
  const made = driver().undoingsOf(fault, id).filter(isFaultItself)
  expect(await areThere(made, isThere)).not.toContain(true)
}

/** Whether it is there until somebody ends it: what was killed may be back already. */
const isHeld = ({ over }: Injection, { kind }: Fault): boolean => over === undefined && kind !== 'rolling-restart'

/** One that hits some connections only passes over a probe now and then. */
const proveNotGone = async (injection: Injection): Promise<Proof> => {
  const { holds, sentence } = await injection.proveGone()
  return { holds: !holds, sentence }
}

const areThere = (undoings: readonly Undoing[], isThere: DriverUnderTest['isThere']): Promise<readonly boolean[]> =>
  Promise.all(undoings.map(isThere))

/** Unlike what bears it, it is there no longer than the fault. */
const isFaultItself = ({ kind }: Undoing): boolean => kind === 'delete'

const undoneApart = async (tested: DriverUnderTest, fault: Fault): Promise<void> => {
  const { driver, isThere, leavesNothing, pause } = tested
  const id = `undone-${fault.kind}`
  await driver().calibrate(fault)
  const undoings = asRead(driver().undoingsOf(fault, id))
  expect(undoings.length > 0).toBe(!leavesNothing.includes(fault.kind))
  expect(await areThere(undoings, isThere)).toEqual(undoings.map((one) => !isFaultItself(one)))
  if (undoings.length === 0 || !tested.isUndoneApart(fault, undoings)) return
  const injection = await driver().inject(id, fault, lastsMs)
  expect(await until(() => injection.prove(), pause)).toMatchObject(holding)
  expect(await areThere(undoings, isThere)).toEqual(undoings.map(() => true))
  expect(await Promise.all(undoings.map(tested.undo))).toEqual(undoings.map(() => undefined))
  expect(await areThere(undoings.filter(isFaultItself), isThere)).not.toContain(true)
  expect(await until(() => injection.proveGone(), pause)).toMatchObject(holding)
  const unseen = tested.unseenEnd(fault)
  if (unseen) await expect(injection.restore()).rejects.toThrow(unseen)
  else await injection.restore()
}

/** All that somebody else has is a journal. */
const asRead = (undoings: readonly Undoing[]): readonly Undoing[] =>
  undoingSchema.array().parse(JSON.parse(JSON.stringify(undoings)))

const refusals = ({ driver, cannot, hasNumberedReplicas }: DriverUnderTest): void => {
  it.each<readonly [string, Fault]>([
    ['a component that is not there', { kind: 'freeze', component: 'reports' }],
    ...(hasNumberedReplicas ? [noSuchReplica] : []),
    ['a fault of storage on a system', { kind: 'disk-full', component: 'recup' }],
    ['a fault of a process on a way', { kind: 'kill', component: 'recup→prescriptions' }],
  ])('says that it cannot make %s', (_, fault) => {
    expect(driver().cannot(fault)).toMatch(/^expected .*, got /)
  })

  it.each(cannot.map((kind) => [kind, faultExamples[kind]] as const))('says why it cannot make %s', (_, fault) => {
    expect(driver().cannot(fault)).toMatch(/^(?!expected).{20,}/)
  })
}

const noSuchReplica: readonly [string, Fault] = [
  'a replica that is not there',
  { kind: 'freeze', component: 'recup#3' },
]

const healthTold = async ({ driver, health: { told, fault, taken } }: DriverUnderTest): Promise<void> => {
  const all = (names: readonly string[], is: boolean) => Object.fromEntries(names.map((name) => [name, is]))
  const well = all(told, true)
  expect(await driver().health()).toEqual(well)
  await driver().calibrate(fault)
  const injection = await driver().inject('test-health', fault, lastsMs)
  expect(await driver().health()).toEqual({ ...well, ...all(taken, false) })
  await injection.restore()
  expect(await driver().health()).toEqual(well)
}
