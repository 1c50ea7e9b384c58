import { describe, expect, it } from 'vitest'
import { scheduleResource } from '../../generators/fhir/schedule.ts'
import { holdTransaction } from '../../generators/fhir/transactions.ts'
import { agenda, appointment, puts, slot, toBase64 } from './test-system.ts'
import { clientOf, type Tunnel, testTwin, tunnelTo, until } from './test-twin.ts'

const basis = [
  { resourceType: 'Location', id: 'collaudo-loc-0' },
  { resourceType: 'Patient', id: 'p1' },
  scheduleResource(agenda),
] as const

describe('two replicas on one database', () => {
  it('let one of many win a slot or an identifier, show at once what the other wrote, and outlive one of them', async () => {
    const tunnels = new Map<string, Tunnel>()
    const via = async (way: string, origin: string) => {
      const tunnel = await tunnelTo(origin)
      tunnels.set(way, tunnel)
      return tunnel.origin
    }
    const twin = await testTwin({
      systems: ['recup', 'prescriptions'],
      replicas: { recup: 2 },
      restartAfterMs: 300,
      via,
    })
    expect(twin.components.slice(0, 5)).toEqual(['recup', 'prescriptions', 'identity', 'recup#1', 'recup#2'])
    expect(twin.pidsOf('recup')).toEqual([...twin.pidsOf('recup#1'), ...twin.pidsOf('recup#2')])
    expect(tunnels.get('recup#1')?.origin).not.toBe(twin.direct('recup#1'))
    const health = async () => Object(await (await fetch(`${twin.direct('recup')}/health`)).json())
    const client = clientOf(twin)
    const slots = [0, 1, 2, 3].map((number) => slot(number))
    expect((await client.transaction(puts([...basis, ...slots]))).status).toBe(200)

    for (const { id = '' } of slots) {
      const holds = Array.from({ length: 50 }, (_, index) => {
        const wish = { ...appointment(index), slot: [{ reference: `Slot/${id}` }] }
        return client.transaction(holdTransaction(wish, [id], toBase64))
      })
      const statuses = (await Promise.all(holds)).map(({ status }) => status)
      expect(statuses.toSorted().slice(0, 2)).toEqual([200, 409])
      expect(new Set(statuses)).toEqual(new Set([200, 409]))
    }
    expect([...tunnels].filter(([way, tunnel]) => way.includes('#') && tunnel.connections() > 0)).toHaveLength(2)

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const same = { ...appointment(99, 'booked', 0), id: `a${index}` }
        return client.transaction(puts([same], 'transaction'))
      }),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(19).fill(409)])

    const written = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await client.transaction(puts([{ resourceType: 'Patient', id: `q${index}`, gender: 'other' }]))
        return (await client.get(`Patient/q${index}`)).status
      }),
    )
    expect(new Set(written)).toEqual(new Set([200]))

    const [pid = 0] = twin.pidsOf('recup#1')
    process.kill(pid, 'SIGKILL')
    for (let times = 0; times < 4; times++) expect((await client.get('Patient/p1')).status).toBe(200)
    await until(health, ({ replicas }) => replicas[0].state === 'out' || twin.pidsOf('recup#1').length > 0)
    await until(health, ({ replicas }) => replicas[0].state === 'in')
    expect(twin.pidsOf('recup#1')).not.toContain(pid)
    expect((await client.get('Patient/p1')).status).toBe(200)
  })

  it('work on when one is frozen in the middle of writes, after it has let go of the database', async () => {
    const twin = await testTwin({ systems: ['emergency'], replicas: { emergency: 2 } })
    const client = clientOf(twin, 'emergency')
    let number = 0
    const write = async () =>
      (await client.transaction(puts([{ resourceType: 'Patient', id: `p${number++}` }], 'transaction'))).status
    expect(await write()).toBe(200)
    const before = Array.from({ length: 40 }, write)
    await twin.rest('emergency#1')
    for (const pid of twin.pidsOf('emergency#1')) process.kill(pid, 'SIGSTOP')
    const health = async () => Object(await (await fetch(`${twin.direct('emergency')}/health`)).json())
    await until(health, ({ replicas }) => replicas[0].state !== 'in')
    expect(await Promise.all(Array.from({ length: 10 }, write))).toEqual(Array(10).fill(200))
    for (const pid of twin.pidsOf('emergency#1')) process.kill(pid, 'SIGCONT')
    expect((await Promise.all(before)).every((status) => [200, 504].includes(status))).toBe(true)
  })

  it.each([
    [{ imaging: 2 }, 'replicas: expected a FHIR system, got imaging'],
    [{ recup: 0 }, 'replicas: expected a whole number from 1 for recup, got 0'],
  ])('cannot be had as %j', async (replicas, message) => {
    await expect(testTwin({ replicas })).rejects.toMatchObject({ kind: 'usage', message })
  })
})
