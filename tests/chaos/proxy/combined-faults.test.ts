import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StreamFault } from '../../../chaos/proxy/faults/stream-effect.ts'
import { proxyHere } from './proxy-here.ts'
import { echoServer, RawClient } from './raw-peers.ts'

const component = 'clients→recup'

const fault: fc.Arbitrary<StreamFault> = fc.oneof(
  fc.record({
    kind: fc.constant('latency' as const),
    component: fc.constant(component),
    delayMs: fc.integer({ min: 1, max: 3000 }),
  }),
  fc.record({ kind: fc.constant('partition' as const), component: fc.constant(component) }),
  fc.record({
    kind: fc.constant('bandwidth' as const),
    component: fc.constant(component),
    bytesPerSecond: fc.integer({ min: 1, max: 10_000_000 }),
  }),
  fc.record({
    kind: fc.constant('slicing' as const),
    component: fc.constant(component),
    sliceBytes: fc.integer({ min: 1, max: 5000 }),
    delayMs: fc.integer({ min: 0, max: 3 }),
  }),
)

const step = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), bytes: fc.integer({ min: 1, max: 50_000 }) }),
  fc.record({ kind: fc.constant('inject' as const), fault }),
  fc.record({ kind: fc.constant('restore' as const), which: fc.nat(5) }),
  fc.record({ kind: fc.constant('turns' as const), count: fc.integer({ min: 1, max: 30 }) }),
)

describe('faults that come and go in any order', () => {
  it('lose no byte of a connection and keep their order', async () => {
    const upstream = await echoServer()
    const { links } = await proxyHere()
    const port = await links.open({ name: component, upstream })
    let ids = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const client = new RawClient(port)
        const sent: Buffer[] = []
        const active: string[] = []
        for (const one of steps) {
          if (one.kind === 'send') {
            sent.push(Buffer.alloc(one.bytes, sent.length + 1))
            client.socket.write(sent.at(-1) ?? '')
          } else if (one.kind === 'inject') {
            active.push(`f${ids++}`)
            links.inject({ id: active.at(-1) ?? '', links: [component], fault: one.fault })
          } else if (one.kind === 'restore') {
            for (const id of active.splice(one.which, 1)) links.restore(id)
          } else await turns(one.count)
        }
        for (const id of active) links.restore(id)
        client.socket.end()
        expect(await client.ended).toBe('end')
        expect(client.got.equals(Buffer.concat(sent))).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})

/** Of the event loop. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}
