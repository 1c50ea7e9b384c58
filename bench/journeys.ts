import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LoadSampler } from '../runner/load-sampler.ts'
import { nullLoad } from './null-load.ts'
import { startNullServer } from './null-server.ts'
import { oneStream } from './one-stream.ts'

/** Requests per second of k6's own processor time, against a server that does nothing. */
export interface JourneyFigures {
  /** Whole journeys of a booking by phone, with rows, ledger, samples and collector. */
  readonly bookingsPerCore: number
  /** The same at the counter: two requests a row. */
  readonly acceptancesPerCore: number
  /** A bare script: the same kind of request and nothing of ours. */
  readonly barePerCore: number
}

const seconds = 10
const actors = 20

const journeyRate = async (k6: string, stream: 'phone' | 'counter', rowsPerSecond: number): Promise<number> => {
  const {
    requests,
    loadGenerator,
    seconds: lasted,
  } = await nullLoad({
    k6,
    ...oneStream({ stream, rowsPerSecond, seconds, actors }),
    hasPauses: false,
  })
  return requests / (loadGenerator.cpuRatio * lasted)
}

const bareScript = (url: string) => `import http from 'k6/http'
export const options = { vus: ${actors}, duration: '${seconds}s' }
export default () => { http.get('${url}/Patient?identifier=x', { headers: { Accept: 'application/fhir+json' } }) }
`

const bareRate = async (k6: string): Promise<number> => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-bare-'))
  const server = await startNullServer()
  await writeFile(join(dir, 'bare.js'), bareScript(server.baseUrl))
  const flags = [
    '--quiet',
    '--no-usage-report',
    '--summary-mode=disabled',
    '--no-thresholds',
    '--system-tags=',
    '--out=csv=-',
    '--address=',
  ]
  const child = spawn(k6, ['run', ...flags, 'bare.js'], {
    cwd: dir,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, GOGC: '400' },
  })
  child.stdout.resume()
  const sampler = new LoadSampler(child.pid ?? 0)
  const startedMs = performance.now()
  await new Promise((resolve) => child.once('close', resolve))
  const lasted = (performance.now() - startedMs) / 1000
  const { cpuRatio } = sampler.stop()
  const rate = server.requests() / (cpuRatio * lasted)
  await server.close()
  await rm(dir, { recursive: true })
  return rate
}

export const benchJourneys = async (k6: string): Promise<JourneyFigures> => ({
  bookingsPerCore: await journeyRate(k6, 'phone', 500),
  acceptancesPerCore: await journeyRate(k6, 'counter', 1200),
  barePerCore: await bareRate(k6),
})
