import { describe, expect, it } from 'vitest'
import { Replica } from '../../../twin/balancer/replica.ts'
import { Rotation } from '../../../twin/balancer/rotation.ts'

/** Replicas and the time that they see. */
const some = (count: number, isBelieved = () => true) => {
  let nowMs = 0
  const elapsedMs = () => nowMs
  const replicas = Array.from(
    { length: count },
    (_, index) => new Replica({ name: `recup#${index + 1}`, origin: '', elapsedMs, isBelieved }),
  )
  const elapse = (ms: number) => {
    nowMs += ms
  }
  const rotation = new Rotation(replicas)
  const taken = (times: number) => Array.from({ length: times }, () => rotation.take()?.name)
  return { rotation, replicas, elapse, taken }
}

describe('the rotation', () => {
  it('gives the replicas in turn', () => {
    expect(some(3).taken(4)).toEqual(['recup#1', 'recup#2', 'recup#3', 'recup#1'])
  })

  it('gives another one than the one that was tried, or none', () => {
    const { rotation, replicas } = some(1)
    expect(rotation.take(replicas[0])).toBeUndefined()
  })

  it('ejects at most half of the replicas', () => {
    const { rotation, replicas } = some(3)
    for (const replica of replicas) rotation.ended(replica, 'timed-out')
    expect(replicas.map((replica) => replica.state())).toEqual(['ejected', 'in', 'in'])
    const alone = some(1)
    for (const replica of alone.replicas) alone.rotation.ended(replica, 'timed-out')
    expect(alone.taken(1)).toEqual(['recup#1'])
  })
})

describe('a replica', () => {
  it('is taken out by two failed checks in a row, and in again by two good ones', () => {
    const { replicas, taken } = some(2)
    const states = [false, true, false, false, true, false, true, true].map((isGood) => {
      replicas[0]?.checked(isGood)
      return replicas[0]?.state()
    })
    expect(states).toEqual(['in', 'in', 'in', 'out', 'out', 'out', 'out', 'in'])
    replicas[0]?.checked(false)
    replicas[0]?.checked(false)
    expect(taken(3)).toEqual(['recup#2', 'recup#2', 'recup#2'])
  })

  it('is ejected after five requests in a row that end badly', () => {
    const { rotation, replicas } = some(2)
    const [first] = replicas
    if (!first) throw new Error('expected a replica, got none')
    for (const impression of ['bad', 'bad', 'bad', 'bad', 'good', 'bad', 'none', 'bad', 'bad', 'bad'] as const) {
      rotation.ended(first, impression)
    }
    expect(first.state()).toBe('in')
    rotation.ended(first, 'bad')
    expect(first.state()).toBe('ejected')
  })

  it('that was ejected is probed by one request after ten seconds', () => {
    const { rotation, replicas, elapse, taken } = some(2)
    const [first] = replicas
    if (!first) throw new Error('expected a replica, got none')
    rotation.ended(first, 'timed-out')
    elapse(9999)
    expect(taken(2)).toEqual(['recup#2', 'recup#2'])
    elapse(1)
    expect([...taken(3), first.state()]).toEqual(['recup#1', 'recup#2', 'recup#2', 'probed'])
    rotation.ended(first, 'bad')
    elapse(9999)
    expect(taken(1)).toEqual(['recup#2'])
    elapse(1)
    expect(taken(1)).toEqual(['recup#1'])
    rotation.ended(first, 'good')
    expect([first.state(), ...taken(2)]).toEqual(['in', 'recup#2', 'recup#1'])
  })

  it('stays in, whatever speaks against it, when the balancer is deaf to it (stale-health)', () => {
    const { rotation, replicas, taken } = some(2, () => false)
    for (const replica of replicas) {
      for (let times = 0; times < 10; times++) replica.checked(false)
      rotation.ended(replica, 'timed-out')
    }
    expect(taken(2)).toEqual(['recup#1', 'recup#2'])
  })
})
