import { devNull } from 'node:os'
import { type FaultProxy, startFaultProxy } from '../chaos/proxy/fault-proxy.ts'
import type { Line } from '../model/line.ts'
import type { Plan } from '../model/plan.ts'
import type { SystemName } from '../model/system.ts'
import type { OpenTarget } from './open-target.ts'

/** Where a stream reaches the systems of a target: at the near end of its line. */
export interface NearEnds {
  readonly systems: Readonly<Partial<Record<SystemName, string>>>
  /** Absent where the target wants no tokens. */
  readonly tokenUrl?: string
}

export interface Lines {
  /** By stream; empty where nothing lies in between. */
  readonly nearEnds: Readonly<Record<string, NearEnds>>
  stop(): Promise<void>
}

const none: Lines = { nearEnds: {}, stop: async () => {} }

/** Puts the line of its channel between each stream of a plan and the embedded target; another target has real ones. */
export const openLines = async (
  { streams, seed }: Plan,
  open: OpenTarget,
  started: ((pid: number) => void) | undefined,
): Promise<Lines> => {
  if (!open.twin || !streams.some(({ line }) => line)) return none
  const proxy = await startFaultProxy({ seed, effectsFile: devNull, log: () => {}, ...(started && { started }) })
  try {
    const nearEnds: Record<string, NearEnds> = {}
    for (const { name, line } of streams) if (line) nearEnds[name] = await nearEndsOf(name, line, { proxy, open })
    return { nearEnds, stop: () => proxy.stop() }
  } catch (error) {
    await proxy.stop()
    throw error
  }
}

const nearEndsOf = async (
  stream: string,
  line: Line,
  { proxy, open }: { readonly proxy: FaultProxy; readonly open: OpenTarget },
): Promise<NearEnds> => {
  const { systems, auth } = open.target
  const lay = (system: string, farEnd: string) => layLine(proxy, { name: `${stream}→${system}`, farEnd, line })
  const near = Object.entries(systems)
    .flatMap(([system, of]) => (of ? [[system, of.baseUrl] as const] : []))
    .map(async ([system, baseUrl]) => [system, await lay(system, baseUrl)] as const)
  const tokenUrl = auth.kind === 'client-credentials' ? await lay('identity', auth.tokenUrl) : undefined
  return { systems: Object.fromEntries(await Promise.all(near)), ...(tokenUrl !== undefined && { tokenUrl }) }
}

/** Resolves to the address of the near end. */
const layLine = async (
  proxy: FaultProxy,
  { name, farEnd, line }: { readonly name: string; readonly farEnd: string; readonly line: Line },
): Promise<string> => {
  const { hostname: host, port, pathname } = new URL(farEnd)
  const opened = await proxy.open({ name, upstream: { host, port: Number(port) } })
  const of = { links: [name] }
  await proxy.inject({
    id: `round trip ${name}`,
    ...of,
    fault: { kind: 'latency', component: name, delayMs: line.roundTripMs },
  })
  await proxy.inject({
    id: `rate ${name}`,
    ...of,
    fault: { kind: 'bandwidth', component: name, bytesPerSecond: line.bytesPerSecond },
  })
  return `http://127.0.0.1:${opened.port}${pathname.replace(/\/$/, '')}`
}
