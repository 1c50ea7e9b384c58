import { readFileSync } from 'node:fs'
import { benchCollect } from '../bench/collect.ts'
import { nullLoad } from '../bench/null-load.ts'
import { oneStream } from '../bench/one-stream.ts'
import { k6Path } from '../cli/k6-path.ts'
import { collaudo } from './collaudo.ts'
import type { Figure, Proof } from './proof.ts'

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`

/** Peak memory of k6 with so many actors, each busy with a call of minutes. */
const k6Bytes = async (actors: number, seconds: number): Promise<number> => {
  const { loadGenerator } = await nullLoad({
    k6: k6Path(process.env),
    ...oneStream({ stream: 'phone', rowsPerSecond: actors / 60, seconds, actors }),
    hasPauses: true,
  })
  return loadGenerator.rssBytes
}

const actors = async (): Promise<Figure> => {
  const [base, short, long] = [await k6Bytes(10, 30), await k6Bytes(1000, 60), await k6Bytes(1000, 240)]
  const each = (long - base) / 990
  const growth = long / short - 1
  return {
    figure: `base ${megabytes(base)}, 1,000 actors ${megabytes(short)} after 1 min and ${megabytes(long)} after 4 min: ${(each / 1e6).toFixed(2)} MB each, ${(growth * 100).toFixed(0)} % growth`,
    ok: each <= 600_000 && growth < 0.1,
  }
}

const collector = async (): Promise<Figure> => {
  const { rssBytes } = await benchCollect()
  return { figure: `peak ${megabytes(rssBytes)} over 24 h of run time`, ok: rssBytes <= 200e6 }
}

const dayPlan = async (): Promise<Figure> => {
  const startedMs = performance.now()
  let peakBytes = 0
  const { stdout, exitCode } = await collaudo(['plan', 'recup-day', '--out', 'plan', '--json'], (child) => {
    const watch = setInterval(() => {
      peakBytes = Math.max(peakBytes, residentBytes(child.pid ?? 0))
    }, 50)
    child.once('close', () => clearInterval(watch))
  })
  const seconds = (performance.now() - startedMs) / 1000
  const { totals } = JSON.parse(stdout)
  return {
    figure: `${totals.operations.drawn} operations in ${seconds.toFixed(1)} s, peak ${megabytes(peakBytes)}`,
    ok: exitCode === 0 && seconds <= 10 && peakBytes <= 1e9,
  }
}

/** VmHWM of proc(5): the peak so far; 0 once the process is gone. */
const residentBytes = (pid: number): number => {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

/** What the parts take, whatever the length. */
export const memory: Proof = {
  name: 'memory',
  cases: [
    { name: 'k6, 1,000 actors', limit: '≤ 0.6 MB each over the base, flat', run: actors },
    { name: 'collector, 24 h', limit: '≤ 200 MB', run: collector },
    { name: 'plan of 24 h', limit: '≤ 10 s, ≤ 1 GB', run: dayPlan },
  ],
}
