import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { flags } from '../runner/k6-process.ts'
import { LoadSampler } from '../runner/load-sampler.ts'
import { type ReceivedRequest, startNullServer } from './null-server.ts'

interface BareRun {
  readonly k6: string
  readonly actors: number
  readonly seconds: number
}

/** Requests per second of k6's own processor time when a bare script sends these requests over and over and does nothing else. */
export const bareRate = async (
  { k6, actors, seconds }: BareRun,
  requests: readonly ReceivedRequest[],
): Promise<number> => {
  const dir = await mkdtemp(join(tmpdir(), 'collaudo-bare-'))
  const server = await startNullServer()
  try {
    const script = scriptOf(
      { actors, seconds },
      requests.map((request) => ({ ...request, url: server.origin + request.path })),
    )
    await writeFile(join(dir, 'bare.js'), script)
    const child = spawn(k6, ['run', ...flags, 'bare.js'], {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, GOGC: '400' },
    })
    child.stdout.resume()
    const sampler = new LoadSampler([child.pid ?? 0])
    const startedMs = performance.now()
    await new Promise((resolve) => child.once('close', resolve))
    const lasted = (performance.now() - startedMs) / 1000
    return server.requests() / (sampler.stop().cpuRatio * lasted)
  } finally {
    await server.close()
    await rm(dir, { recursive: true })
  }
}

const scriptOf = (
  { actors, seconds }: Omit<BareRun, 'k6'>,
  requests: readonly unknown[],
): string => `import http from 'k6/http'
export const options = { vus: ${actors}, duration: '${seconds}s' }
const requests = ${JSON.stringify(requests)}
export default () => {
  for (const { method, url, body, headers } of requests) http.request(method, url, body, { headers })
}
`
