import type { Database } from '../store/database.ts'
import type { CpuPressure } from './cpu-pressure.ts'
import type { FaultOrder } from './inside-fault.ts'
import type { MemoryPressure } from './memory-pressure.ts'
import type { SkewedClock } from './skewed-clock.ts'

/** What can break in a process. */
export interface Breakable {
  readonly cpu: CpuPressure
  readonly memory: MemoryPressure
  readonly clock: SkewedClock
  /** Absent where nothing is kept. */
  readonly database: Database | undefined
}

/** Begins with a fault of this process, or ends it; it ends with the process too. Rejects when it cannot be. */
export const makeFault = async ({ cpu, memory, clock, database }: Breakable, order: FaultOrder): Promise<void> => {
  const { fault, isOn } = order
  switch (fault.kind) {
    case 'cpu-pressure':
      return cpu.set(isOn ? fault.loadRatio : 0)
    case 'memory-pressure':
      return memory.set(isOn ? fault.sizeBytes : 0)
    case 'clock-skew':
      clock.offsetMs = isOn ? fault.offsetMs : 0
      return
    case 'read-only-storage':
      return kept(database).setReadOnly(isOn)
    case 'disk-full':
      return kept(database).setFull(isOn)
    case 'slow-storage':
      kept(database).delayMs = isOn ? fault.delayMs : 0
      return
  }
}

const kept = (database: Database | undefined): Database => {
  if (database) return database
  throw new Error('expected a process that keeps data, got one that keeps none')
}
