import type { ChildProcess } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { feedCollector } from '../bench/feed-collector.ts'
import { runRecordSchema } from '../model/run-record.ts'
import { collaudo } from './collaudo.ts'
import { memoryOf } from './memory.ts'
import { processTree } from './process-tree.ts'
import type { Figure, Proof } from './proof.ts'
import { Quarters } from './quarters.ts'

const mostGrowth = 1.1
const mostDiskBytes = 200e6
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`

/** Ten samples each. */
const rowsOfTenMillionSamples = 1_000_000

const samples = async (): Promise<Figure> => {
  const rss = new Quarters()
  const fed = await feedCollector(rowsOfTenMillionSamples, (pid, fedRatio) => rss.add(fedRatio, memoryOf(pid, 'VmRSS')))
  return {
    figure: `${fed.ownSamples} samples of ours in ${fed.lines} lines, ${fed.cpuSeconds.toFixed(0)} s of processor; RSS ${wordsOf(rss)}; ${megabytes(fed.diskBytes)} on disk`,
    ok: fed.ownSamples >= 10e6 && rss.growth <= mostGrowth && fed.diskBytes <= mostDiskBytes,
  }
}

/** All rows of a day with their pauses as they are, so that there are as many actors at work as such a load needs. */
const squeezedMinutes = 90
const day = ['recup-day', '--day', 'weekday', '--squeeze', `${squeezedMinutes}m`, '--full-volume', '--out', 'run']

const run = async (): Promise<Figure> => {
  const watched = new Map([
    ['collaudo', new Quarters()],
    ['k6', new Quarters()],
  ])
  const { dir, stdout, stderr } = await collaudo(['run', ...day, '--json'], (child) => watchLoad(child, watched))
  if (stdout === '') return { figure: stderr.trim().split('\n').slice(-2).join(' '), ok: false }
  const { delivery, integrity, verdict } = runRecordSchema.parse(JSON.parse(stdout))
  const diskBytes = sizeOf(join(dir, 'run'))
  return {
    figure: `${delivery.started} of ${delivery.planned} rows started, ${delivery.samplesLost} samples lost, ${integrity.verified} writes read back, ${verdict}; RSS of ${[...watched].map(([name, rss]) => `${name} ${wordsOf(rss)}`).join(', of ')}; ${megabytes(diskBytes)} on disk`,
    ok:
      delivery.started === delivery.planned &&
      delivery.samplesLost === 0 &&
      [...watched.values()].every(({ growth }) => growth <= mostGrowth) &&
      diskBytes <= mostDiskBytes,
  }
}

/** From the first to the last second of the load. */
const watchLoad = (child: ChildProcess, watched: ReadonlyMap<string, Quarters>): void => {
  let beganMs: number | undefined
  const look = () => {
    const ratio = (performance.now() - (beganMs ?? 0)) / (squeezedMinutes * 60_000)
    if (ratio >= 1) return
    for (const { name, rssBytes } of processTree(child.pid ?? 0).values()) watched.get(name)?.add(ratio, rssBytes)
  }
  const timer = setInterval(() => beganMs !== undefined && look(), 1000)
  child.stderr?.on('data', (chunk: Buffer) => {
    if (String(chunk).includes('load  ')) beganMs ??= performance.now()
  })
  child.once('close', () => clearInterval(timer))
}

const wordsOf = (rss: Quarters): string =>
  `${rss.means.map(megabytes).join(', ')} by quarter, the last ${rss.growth.toFixed(2)} × the second`

const sizeOf = (dir: string): number =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' }).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0)

/** A load that lasts neither fills the memory nor the disk. */
export const soak: Proof = {
  name: 'soak',
  cases: [
    {
      name: '10 million samples',
      limit: 'RSS of the last quarter ≤ 1.1 × the second quarter’s, ≤ 200 MB on disk',
      run: samples,
    },
    {
      name: `the rows of 24 h in ${squeezedMinutes} min`,
      limit:
        'every row started, no sample lost; RSS of the last quarter ≤ 1.1 × the second quarter’s, ≤ 200 MB on disk',
      run,
    },
  ],
}
