import { readFileSync } from 'node:fs'
import { benchCollect } from '../bench/collect.ts'
import { nullLoad } from '../bench/null-load.ts'
import { oneStream } from '../bench/one-stream.ts'
import { k6Path } from '../cli/k6-path.ts'
import type { Plan } from '../model/plan.ts'
import { collaudo } from './collaudo.ts'
import type { Figure, Proof } from './proof.ts'

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`

/** k6 with so many actors, each always on a call of two minutes; resident bytes second by second. */
const k6Bytes = async (actors: number, seconds: number): Promise<readonly number[]> => {
  const bytes: number[] = []
  const watch = setInterval(() => bytes.push(...k6Processes().map((pid) => memoryOf(pid, 'VmRSS'))), 1000)
  await nullLoad({
    k6: k6Path(process.env),
    ...oneStream({ stream: 'phone', rowsPerSecond: actors / 120, seconds, actors }),
    hasPauses: true,
  })
  clearInterval(watch)
  return bytes
}

/** k6 among the children of this process. */
export const k6Processes = (): readonly number[] =>
  readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter((pid) => pid !== '' && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('script.js'))
    .map(Number)

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** An actor is fully grown when it has walked two whole journeys: from the sixth minute on. */
const actors = async (): Promise<Figure> => {
  const base = Math.max(...(await k6Bytes(10, 30)))
  const bytes = await k6Bytes(1000, 600)
  const [sixth, tenth] = [mean(bytes.slice(300, 360)), mean(bytes.slice(540, 600))]
  const each = (Math.max(...bytes) - base) / 990
  const growth = tenth / sixth - 1
  return {
    figure: `base ${megabytes(base)}, 1,000 actors ${megabytes(Math.max(...bytes))} at most: ${(each / 1e6).toFixed(2)} MB each; ${megabytes(sixth)} in the 6th minute, ${megabytes(tenth)} in the 10th: ${(growth * 100).toFixed(1)} % growth`,
    ok: each <= 600_000 && growth < 0.05,
  }
}

const collector = async (): Promise<Figure> => {
  const { rssBytes } = await benchCollect()
  return { figure: `peak ${megabytes(rssBytes)} over 24 h of run time`, ok: rssBytes <= 200e6 }
}

/** Plans a day and watches its process. */
export const plannedDay = async (
  words: readonly string[],
): Promise<{ readonly plan: Plan; readonly seconds: number; readonly peakBytes: number }> => {
  const startedMs = performance.now()
  let peakBytes = 0
  const { stdout, stderr } = await collaudo(['plan', ...words, '--json'], (child) => {
    const watch = setInterval(() => {
      peakBytes = Math.max(peakBytes, memoryOf(child.pid ?? 0, 'VmHWM'))
    }, 50)
    child.once('close', () => clearInterval(watch))
  })
  const seconds = (performance.now() - startedMs) / 1000
  if (stdout === '') throw new Error(`expected a plan, got\n${stderr}`)
  return { plan: JSON.parse(stdout), seconds, peakBytes }
}

const dayPlan = async (): Promise<Figure> => {
  const { plan, seconds, peakBytes } = await plannedDay(['recup-day', '--out', 'plan'])
  return {
    figure: `${plan.totals.operations?.drawn} operations in ${seconds.toFixed(1)} s, peak ${megabytes(peakBytes)}`,
    ok: seconds <= 10 && peakBytes <= 1e9,
  }
}

/** A memory field of proc(5) status in bytes: VmRSS now, VmHWM the peak so far; 0 once the process is gone. */
export const memoryOf = (pid: number, field: 'VmRSS' | 'VmHWM'): number => {
  try {
    const kilobytes = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kilobytes ?? 0) * 1024
  } catch {
    return 0
  }
}

/** What the parts take, whatever the length. */
export const memory: Proof = {
  name: 'memory',
  cases: [
    {
      name: 'k6, 1,000 actors',
      limit: '≤ 0.6 MB each over the base, flat (6th and 10th minute within 5 %)',
      run: actors,
    },
    { name: 'collector, 24 h', limit: '≤ 200 MB', run: collector },
    { name: 'plan of 24 h', limit: '≤ 10 s, ≤ 1 GB', run: dayPlan },
  ],
}
