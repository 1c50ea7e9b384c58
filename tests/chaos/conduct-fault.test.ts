import { describe, expect, it } from 'vitest'
import { conductFault } from '../../chaos/conduct-fault.ts'
import type { JournalEntry } from '../../chaos/restoring/journal-entry.ts'
import type { FaultUse } from '../../model/experiment.ts'
import { FakeDriver } from './fake-driver.ts'
import { VirtualClock } from './virtual-clock.ts'

const use: FaultUse = { fault: { kind: 'partition', component: 'recup' }, fromMs: 2000, lastsMs: 5000 }

/** Conducts a fault of a run whose zero is at 1,000,000 and whose fault phase begins 10 s later. */
const conducted = async (change: (driver: FakeDriver) => void = () => {}, abortAtMs?: number, lastsMs = 5000) => {
  const clock = new VirtualClock(1_000_000)
  const driver = new FakeDriver(clock)
  change(driver)
  const stop = new AbortController()
  const entries: JournalEntry[] = []
  const write = (entry: JournalEntry) => {
    driver.told.push(`${clock.nowUnixMs()} journal ${entry.kind}`)
    entries.push(entry)
  }
  if (abortAtMs !== undefined) {
    clock.sleepUntil(1_000_000 + abortAtMs, new AbortController().signal).then(
      () => stop.abort(),
      () => {},
    )
  }
  const result = await clock.passUntilDone(
    conductFault(
      'f1',
      { ...use, lastsMs },
      {
        driver,
        journal: { write },
        clock,
        t0UnixMs: 1_000_000,
        faultPhaseMs: 10_000,
        lastEndMs: 12_000 + lastsMs,
        signal: stop.signal,
        tell: () => {},
      },
    ),
  )
  return {
    result,
    entries,
    given: driver.given,
    told: driver.told.map((line) => line.replace(/^\d+/, (ms) => String(Number(ms) - 1_000_000))),
  }
}

describe('conductFault', () => {
  it('writes the journal first, injects on time, and restores when the fault has lasted as long as planned', async () => {
    const { result, told } = await conducted()
    expect(told).toEqual([
      '11500 journal injecting',
      '12000 inject f1 partition',
      '17000 restore f1',
      '17000 journal restored',
    ])
    expect(result).toMatchObject({
      kind: 'partition',
      component: 'recup',
      requestedMs: 12_000,
      injectedMs: 12_000,
      provenMs: 12_000,
      restoredMs: 17_000,
      goneMs: 17_000,
    })
  })

  it('gives the driver the id of the injection before it is made, and how long it is to last', async () => {
    expect((await conducted()).given).toEqual(['f1 beforehand', 'f1 for 5000 ms'])
  })

  it('gives the journal a deadline after the planned end', async () => {
    const { entries } = await conducted()
    expect(entries[0]).toMatchObject({ kind: 'injecting', deadlineUnixMs: 1_027_000 })
  })

  it('measures until the effect is there', async () => {
    const { result } = await conducted((driver) => {
      driver.troubles.prove = 3
    })
    expect(result).toMatchObject({ injectedMs: 12_000, provenMs: 12_300, proof: 'seen' })
  })

  it('says that a fault had no effect, and restores it all the same', async () => {
    const { result } = await conducted((driver) => {
      driver.troubles.prove = 1000
    })
    expect(result).toMatchObject({ provenMs: null, proof: 'not seen', restoredMs: 17_000, goneMs: 17_000 })
  })

  it('says what was there in place of an effect that was lost before its end, and holds it all the same', async () => {
    const { result } = await conducted((driver) => {
      driver.lostUnixMs = 1_013_000
    })
    expect(result).toMatchObject({ provenMs: 12_000, lostProof: 'not seen', restoredMs: 17_000, goneMs: 17_000 })
    expect((await conducted()).result.lostProof).toBeNull()
    const slow = await conducted((driver) => {
      driver.proofMs = 700
      driver.lostUnixMs = 1_013_000
    })
    expect(slow.result.lostProof).toBe('not seen')
    // It was there in the middle, at 18 s, and is looked for once more right before the end.
    const late = await conducted(
      (driver) => {
        driver.lostUnixMs = 1_019_000
      },
      undefined,
      12_000,
    )
    expect(late.result).toMatchObject({ provenMs: 12_000, lostProof: 'not seen', restoredMs: 24_000 })
  })

  it('tells why a fault could not be made, and that nothing is left to restore', async () => {
    const { result, told } = await conducted((driver) => {
      driver.troubles.inject = 1
    })
    expect(result).toMatchObject({ injectedMs: null, restoredMs: null, goneMs: null, proof: 'it is not there' })
    expect(told.at(-1)).toBe('12000 journal restored')
  })

  it('tries a restoration that fails again', async () => {
    const { result } = await conducted((driver) => {
      driver.troubles.restore = 2
    })
    expect(result).toMatchObject({ restoredMs: 18_000, goneMs: 18_000 })
  })

  it('leaves the journal open when a fault cannot be ended', async () => {
    const { result, entries } = await conducted((driver) => {
      driver.troubles.restore = 1000
    })
    expect(result).toMatchObject({ restoredMs: null, goneMs: null, goneProof: 'it does not answer' })
    expect(entries.map(({ kind }) => kind)).toEqual(['injecting'])
  })

  it('looks until nothing of the effect is left, and says so when something stays', async () => {
    const late = await conducted((driver) => {
      driver.troubles.gone = 10
    })
    expect(late.result).toMatchObject({ restoredMs: 17_000, goneMs: 18_000 })
    const never = await conducted((driver) => {
      driver.troubles.gone = 100_000
    })
    expect(never.result).toMatchObject({ restoredMs: 17_000, goneMs: null, goneProof: 'not seen' })
  })

  it('restores at once when the run is ended', async () => {
    const { result } = await conducted(() => {}, 13_000)
    expect(result).toMatchObject({ injectedMs: 12_000, restoredMs: 13_000, goneMs: 13_000 })
  })

  it('holds a fault no longer than it lasts by itself', async () => {
    const { result } = await conducted((driver) => {
      driver.overUnixMs = 1_014_500
    })
    expect(result).toMatchObject({ injectedMs: 12_000, restoredMs: 14_500, goneMs: 14_500 })
  })

  it('makes nothing when the run is ended before it', async () => {
    const { result, told } = await conducted(() => {}, 5000)
    expect(told).toEqual([])
    expect(result).toMatchObject({ injectedMs: null, proof: 'the run ended before it' })
  })
})
