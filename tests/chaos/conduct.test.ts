import { describe, expect, it } from 'vitest'
import { conduct } from '../../chaos/conduct.ts'
import type { JournalEntry } from '../../chaos/restoring/journal-entry.ts'
import { type ExperimentSpec, experimentSchema } from '../../model/experiment.ts'
import { Failure } from '../../model/failure.ts'
import type { Phase } from '../../model/phase.ts'
import { FakeDriver } from './fake-driver.ts'
import { VirtualClock } from './virtual-clock.ts'

const spec: ExperimentSpec = {
  name: 'mine',
  summary: 'mine',
  hypothesis: 'nothing happens',
  scenario: 'recup-day',
  from: '10:00',
  phases: { warmUpMs: 1000, steadyMs: 4000, faultMs: 5000, recoveryMs: 3000, afterMs: 3000, drainMs: 1000 },
  faults: [
    { fault: { kind: 'partition', component: 'recup' }, lastsMs: 3000 },
    { fault: { kind: 'freeze', component: 'recup' }, fromMs: 2000, lastsMs: 3000 },
  ],
  gates: [{ kind: 'integrity', name: 'integrity', phase: 'steady', limitCount: 0, why: 'assumption' }],
  environments: ['embedded'],
  blastRadius: ['recup'],
}

const phases: readonly Phase[] = [
  { name: 'warm-up', fromMs: 0, toMs: 1000 },
  { name: 'steady', fromMs: 1000, toMs: 5000 },
  { name: 'fault', fromMs: 5000, toMs: 10_000 },
  { name: 'recovery', fromMs: 10_000, toMs: 13_000 },
  { name: 'after', fromMs: 13_000, toMs: 16_000 },
  { name: 'drain', fromMs: 16_000, toMs: 17_000 },
]

const conducted = async (write: (entry: JournalEntry) => void = () => {}) => {
  const clock = new VirtualClock()
  const driver = new FakeDriver(clock)
  const done = conduct({
    experiment: experimentSchema.parse(spec),
    phases,
    driver,
    journal: { write },
    clock,
    t0UnixMs: 0,
    signal: new AbortController().signal,
    tell: () => {},
  })
  const outcome = await clock.passUntilDone(
    done.then(
      (result) => result,
      (error: unknown) => error,
    ),
  )
  return { outcome, told: driver.told }
}

describe('conduct', () => {
  it('makes each fault at its time, side by side', async () => {
    const { told } = await conducted()
    expect(told).toEqual(['5000 inject f1 partition', '7000 inject f2 freeze', '8000 restore f1', '10000 restore f2'])
  })

  it('counts the calls over each way in each phase', async () => {
    // One a millisecond.
    const { outcome } = await conducted()
    expect(outcome).toMatchObject({
      edges: [
        { edge: 'clients→recup', phase: 'steady', calls: 4000 },
        { edge: 'clients→recup', phase: 'fault', calls: 5000 },
        { edge: 'clients→recup', phase: 'recovery', calls: 3000 },
        { edge: 'clients→recup', phase: 'after', calls: 3000 },
      ],
    })
  })

  it('tells when which health check failed', async () => {
    // It fails at every third second.
    const { outcome } = await conducted()
    expect(outcome).toMatchObject({
      health: [
        { component: 'recup', fromMs: 3000, toMs: 4000 },
        { component: 'recup', fromMs: 6000, toMs: 7000 },
        { component: 'recup', fromMs: 9000, toMs: 10_000 },
        { component: 'recup', fromMs: 12_000, toMs: 13_000 },
        { component: 'recup', fromMs: 15_000, toMs: 16_000 },
      ],
    })
  })

  it('makes no fault that cannot be written down first, and ends those that are there before it says so', async () => {
    const full = new Failure('usage', 'expected to write the journal, got no space left on device', 'free some space')
    const { outcome, told } = await conducted((entry) => {
      if (entry.kind === 'injecting' && entry.id === 'f2') throw full
    })
    expect(outcome).toBe(full)
    expect(told).toEqual(['5000 inject f1 partition', '8000 restore f1'])
  })

  it('goes on when the end of a fault cannot be written down: it is ended all the same', async () => {
    const { outcome, told } = await conducted((entry) => {
      if (entry.kind === 'restored') throw new Failure('usage', 'no space', 'free some')
    })
    expect(outcome).toMatchObject({ faults: [{ restoredMs: 8000 }, { restoredMs: 10_000 }] })
    expect(told).toHaveLength(4)
  })
})
