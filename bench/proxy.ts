import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFaultProxy } from '../chaos/proxy/fault-proxy.ts'
import { type Load, type ProxyPeers, type Seen, startProxyPeers } from './proxy-peers.ts'

/** A connection without a proxy, through ours and through Toxiproxy, without faults. */
export const ways = ['bare', 'ours', 'toxiproxy'] as const
export type Way = (typeof ways)[number]

/** Of the best quarter of the rounds: what else runs on the machine only takes away, by thousands of µs at times. */
export interface ProxyFigures {
  /** Bodies of 50 MB on one connection. */
  readonly megabytesPerS: Readonly<Record<Way, number>>
  /** Small requests on one kept connection. */
  readonly one: LatencyFigures
  /** The same on 16, with pauses: without them a machine of two cores measures its own queue. */
  readonly sixteen: LatencyFigures
}

/** For the proxies: what they add to the bare connection. */
export interface LatencyFigures {
  readonly medianUs: Readonly<Record<Way, number>>
  readonly p99Us: Readonly<Record<Way, number>>
}

/** With 16 of them the p99 beside Toxiproxy’s was anything from 0.9 to 1.5. */
const rounds = 40
const large: Load = { connections: 1, bodyBytes: 50_000_000, pauseMs: 0, durationMs: 400 }
const one: Load = { connections: 1, bodyBytes: 400, pauseMs: 0, durationMs: 400 }
const sixteen: Load = { ...one, connections: 16, pauseMs: 4 }

/** Every round measures all three, each time in another order, since the machine's load drifts. */
export const benchProxy = async (): Promise<ProxyFigures> => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-bench-'))
  const peers = await startProxyPeers(dir)
  const effectsFile = join(dir, 'effects.ndjson')
  const proxy = await startFaultProxy({ seed: 1, effectsFile, log: (line) => process.stderr.write(`${line}\n`) })
  try {
    const upstream = { host: '127.0.0.1', port: peers.serverPort }
    const { port } = await proxy.open({ name: 'bench', upstream })
    const ports = { bare: peers.serverPort, ours: port, toxiproxy: peers.toxiproxyPort }
    return {
      megabytesPerS: quiet(await measured(peers, ports, large), 'megabytesPerS'),
      one: latency(await measured(peers, ports, one)),
      sixteen: latency(await measured(peers, ports, sixteen)),
    }
  } finally {
    await proxy.stop()
    peers.stop()
    await rm(dir, { recursive: true })
  }
}

type Rounds = Readonly<Record<Way, Seen[]>>

const measured = async (peers: ProxyPeers, ports: Readonly<Record<Way, number>>, load: Load): Promise<Rounds> => {
  const seen: Rounds = { bare: [], ours: [], toxiproxy: [] }
  for (let round = 0; round < rounds; round++) {
    const order = [...ways.slice(round % ways.length), ...ways.slice(0, round % ways.length)]
    for (const way of order) seen[way].push(await peers.load(ports[way], load))
  }
  return seen
}

/** The quartile on the side where a figure is good. */
const quiet = (of: Rounds, figure: keyof Seen): Readonly<Record<Way, number>> => {
  const isMoreBetter = figure === 'megabytesPerS'
  const quartile = (way: Way): number => {
    const bestFirst = of[way].map((seen) => seen[figure]).toSorted((a, b) => (isMoreBetter ? b - a : a - b))
    return bestFirst[Math.floor(bestFirst.length / 4)] ?? Number.NaN
  }
  return { bare: quartile('bare'), ours: quartile('ours'), toxiproxy: quartile('toxiproxy') }
}

const latency = (of: Rounds): LatencyFigures => {
  const added = (figure: keyof Seen): Readonly<Record<Way, number>> => {
    const { bare, ours, toxiproxy } = quiet(of, figure)
    return { bare, ours: ours - bare, toxiproxy: toxiproxy - bare }
  }
  return { medianUs: added('medianUs'), p99Us: added('p99Us') }
}
