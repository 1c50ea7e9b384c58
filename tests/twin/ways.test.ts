import { describe, expect, it } from 'vitest'
import { parseComponent } from '../../model/component.ts'
import { puts } from './test-system.ts'
import { clientOf, type Tunnel, testTwin, tunnelTo } from './test-twin.ts'

describe('the ways of a twin', () => {
  it('lead each through what stands in between, and are asked for once', async () => {
    const tunnels = new Map<string, Tunnel>()
    const asked: string[] = []
    const via = async (way: string, origin: string) => {
      asked.push(way)
      const tunnel = await tunnelTo(origin)
      tunnels.set(way, tunnel)
      return tunnel.origin
    }
    const twin = await testTwin({ systems: ['recup', 'prescriptions'], via })
    expect(asked.toSorted()).toEqual([
      'clients→identity',
      'clients→prescriptions',
      'clients→recup',
      'recup→identity',
      'recup→prescriptions',
    ])
    const recup = clientOf(twin)
    expect((await recup.transaction(puts([{ resourceType: 'Patient', id: 'p1' }]))).status).toBe(200)
    expect((await recup.get('ServiceRequest?requisition=x')).body).toMatchObject({ type: 'searchset', total: 0 })
    const used = [...tunnels].filter(([, { connections }]) => connections() > 0).map(([way]) => way)
    expect(used.toSorted()).toEqual(['clients→identity', 'clients→recup', 'recup→identity', 'recup→prescriptions'])
    expect(twin.at('recup').baseUrl).toBe(`${tunnels.get('clients→recup')?.origin}/fhir`)
    expect(twin.tokenUrl).toBe(`${tunnels.get('clients→identity')?.origin}/token`)
    expect((await fetch(`${twin.direct('recup')}/health`)).status).toBe(200)
    expect(tunnels.get('clients→recup')?.origin).not.toBe(twin.direct('recup'))
  })

  it('and its systems and stores are its components', async () => {
    const twin = await testTwin({ systems: ['recup', 'prescriptions'] })
    expect(twin.components).toEqual([
      'recup',
      'prescriptions',
      'identity',
      'recup.store',
      'prescriptions.store',
      'clients→recup',
      'clients→prescriptions',
      'clients→identity',
      'recup→prescriptions',
      'recup→identity',
    ])
    expect(twin.components.filter((name) => !parseComponent(name))).toEqual([])
    expect(twin.pidsOf('recup')).toEqual([twin.at('recup').pid])
    for (const name of ['imaging', 'recup.store', 'clients→recup', 'nothing']) {
      expect(() => twin.pidsOf(name)).toThrow(`expected one of recup, prescriptions, identity, got ${name}`)
    }
  })
})

describe('identity', () => {
  it('is a process of its own that gives tokens, and no other does', async () => {
    const twin = await testTwin({ systems: ['emergency'] })
    expect(twin.pidsOf('identity')).not.toEqual(twin.pidsOf('emergency'))
    expect((await fetch(`${twin.direct('emergency')}/token`, { method: 'POST' })).status).toBe(404)
    expect((await clientOf(twin, 'emergency').get('Patient?_count=1')).status).toBe(200)
    expect(await (await fetch(`${twin.direct('identity')}/health`)).json()).toMatchObject({ system: 'identity' })
  })
})
