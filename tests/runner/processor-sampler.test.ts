import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ProcessorSampler } from '../../runner/processor-sampler.ts'
import { type WatchedProcesses, watchedProcesses } from '../../runner/watched-processes.ts'
import { openTarget } from './watched-targets.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Processes that use so much of each second, from the zero of the clock; those that are not up are not there. */
const machine = (usedMsPerSecond: Readonly<Record<number, number>>) => {
  const startMs = performance.now()
  const up = new Set(Object.keys(usedMsPerSecond).map(Number))
  const look = (pids: readonly number[]) => {
    const atMs = performance.now()
    const usedMs = (pid: number) => (up.has(pid) ? ((usedMsPerSecond[pid] ?? 0) * (atMs - startMs)) / 1000 : 0)
    return { atMs, usedMsByPid: new Map(pids.map((pid) => [pid, usedMs(pid)])) }
  }
  return { look, up }
}

describe('ProcessorSampler', () => {
  it('counts from the given moment on, and not what was used before', () => {
    const { look } = machine({ 7: 300 })
    vi.advanceTimersByTime(5000)
    const sampler = new ProcessorSampler({ kind: 'known', systems: [{ system: 'recup', pids: () => [7] }] }, look)
    sampler.begin(2000)
    vi.advanceTimersByTime(2000 + 10_500)
    expect(sampler.stop()).toEqual({
      kind: 'known',
      lastsMs: 10_500,
      systems: [{ system: 'recup', vcpus: 1, usedMs: 3150 }],
    })
  })

  it('adds up what a process used until it died, and all that its successor used', () => {
    const { look, up } = machine({ 7: 300, 8: 100, 9: 100 })
    let pids = [7, 8]
    const sampler = new ProcessorSampler({ kind: 'known', systems: [{ system: 'recup', pids: () => pids }] }, look)
    sampler.begin(0)
    vi.advanceTimersByTime(4000)
    up.delete(7)
    vi.advanceTimersByTime(1000)
    pids = [8, 9]
    vi.advanceTimersByTime(5000)
    const time = sampler.stop()
    // 7: 300 ms in each of 4 s; 8: 100 ms in each of 10 s; 9, which was first seen later: 100 ms in each of 10 s.
    expect(time).toMatchObject({ systems: [{ vcpus: 2, usedMs: 4 * 300 + 10 * 100 + 10 * 100 }] })
  })

  it('knows nothing where k6 never got as far as the zero of the run', () => {
    const sampler = new ProcessorSampler({ kind: 'known', systems: [] }, machine({}).look)
    expect(sampler.stop()).toEqual({ kind: 'not-known', reason: 'the load never began' })
  })

  it('passes on why nothing can be looked at', () => {
    const unknown: WatchedProcesses = { kind: 'not-known', reason: 'elsewhere' }
    const sampler = new ProcessorSampler(unknown, machine({}).look)
    sampler.begin(0)
    vi.advanceTimersByTime(3000)
    expect(sampler.stop()).toEqual(unknown)
  })
})

describe('watchedProcesses', () => {
  it('are those of each system of the twin and of identity, as they are at each look', () => {
    const watched = watchedProcesses(openTarget('embedded'))
    const seen = watched.kind === 'known' ? watched.systems.map(({ system, pids }) => [system, pids()]) : watched.reason
    expect(seen).toEqual([
      ['recup', [5]],
      ['prescriptions', [13]],
      ['identity', [8]],
    ])
  })

  it.each([
    ['staging', 'the systems of staging run on machines of others'],
    ['containers', 'the systems run in containers, which are not looked into'],
  ] as const)('are not known of %s, with the reason', (name, reason) => {
    expect(watchedProcesses(openTarget(name))).toEqual({ kind: 'not-known', reason })
  })
})
