import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { unusedPort } from '../../clients/unused-port.ts'
import type { Plan } from '../../model/plan.ts'
import { askPrometheus, mustAnswer, targetGates } from '../../runner/ask-prometheus.ts'
import { plan } from '../results/fixture.ts'

/** What a Prometheus answers to a query, as a table; what was asked is kept. */
const prometheus = async (answers: Readonly<Record<string, unknown>>) => {
  const asked: { query: string; time: string; authorization: string | undefined }[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost')
    const query = url.searchParams.get('query') ?? ''
    asked.push({ query, time: url.searchParams.get('time') ?? '', authorization: request.headers.authorization })
    const error = { status: 'error', errorType: 'bad_data', error: `parse error: ${query}` }
    response.writeHead(answers[query] ? 200 : 400).end(JSON.stringify(answers[query] ?? error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const gate = { name: 'cpu', why: 'assumption', query: 'rate(cpu[$range])', bound: 'at-most', limit: 0.8 } as const
const vector = (...values: string[]) => ({
  status: 'success',
  data: { resultType: 'vector', result: values.map((value) => ({ metric: {}, value: [1, value] })) },
})

const measuring = (endedMs = 95_000, of: Plan = plan()) => {
  const told: string[] = []
  return {
    told,
    measured: {
      plan: of,
      t0UnixMs: 1_000_000,
      endedUnixMs: 1_000_000 + endedMs,
      tell: (text: string) => told.push(text),
    },
  }
}

describe('metrics of a target', () => {
  it('are asked for at the end of the steady phase, over its length', async () => {
    const { baseUrl, asked } = await prometheus({ 'rate(cpu[40s])': vector('0.5', '0.7', 'NaN') })
    const target = { prometheus: { baseUrl, tokenEnv: 'TOKEN', gates: [gate] } }
    expect(await askPrometheus(target, { TOKEN: 'secret' }, measuring().measured)).toEqual({ cpu: [0.5, 0.7] })
    expect(asked).toEqual([{ query: 'rate(cpu[40s])', time: '1050', authorization: 'Bearer secret' }])
    expect(targetGates(target)).toEqual([{ ...gate, kind: 'metric', phase: 'steady' }])
  })

  it('are asked for at the end of a load that was cut short, over what there was of the phase', async () => {
    const { baseUrl, asked } = await prometheus({ 'rate(cpu[20s])': vector('0.5', '+Inf') })
    const target = { prometheus: { baseUrl, gates: [gate] } }
    expect(await askPrometheus(target, {}, measuring(30_000).measured)).toEqual({ cpu: [0.5, Number.MAX_VALUE] })
    expect(asked).toEqual([{ query: 'rate(cpu[20s])', time: '1030', authorization: undefined }])
  })

  it('are not asked for without the token that the target names', async () => {
    const { baseUrl, asked } = await prometheus({})
    const target = { prometheus: { baseUrl, tokenEnv: 'TOKEN', gates: [gate] } }
    await expect(mustAnswer(target, {})).rejects.toThrow(
      /expected a secret in the environment variable TOKEN, got none/,
    )
    expect(asked).toEqual([])
  })

  it('may be scalars, and give nothing where they cannot be asked for', async () => {
    const scalar = { status: 'success', data: { resultType: 'scalar', result: [1, '3'] } }
    const { baseUrl } = await prometheus({ 'scalar(x)': scalar })
    const gates = [
      { ...gate, query: 'scalar(x)' },
      { ...gate, name: 'broken', query: 'sum(' },
    ]
    const { told, measured } = measuring()
    expect(await askPrometheus({ prometheus: { baseUrl, gates } }, {}, measured)).toEqual({ cpu: [3], broken: [] })
    expect(told).toEqual(['metrics   broken: parse error: sum('])
  })

  it('that cannot be asked for are refused before the load, all at once', async () => {
    const { baseUrl } = await prometheus({ 'rate(cpu[60s])': vector() })
    const gates = [gate, { ...gate, name: 'broken', query: 'sum(' }, { ...gate, name: 'other', query: 'avg(' }]
    await expect(mustAnswer({ prometheus: { baseUrl, gates } }, {})).rejects.toThrow(
      /expected http:.* to answer the gates of the target, got\n {2}broken: parse error: sum\(\n {2}other: parse error: avg\($/,
    )
    await expect(mustAnswer({ prometheus: { baseUrl, gates: [gate] } }, {})).resolves.toBeUndefined()
    const nobody = { prometheus: { baseUrl: `http://127.0.0.1:${await unusedPort()}`, gates: [gate] } }
    await expect(mustAnswer(nobody, {})).rejects.toThrow(/cpu: ECONNREFUSED/)
  })

  it('are nothing where the target has no Prometheus', async () => {
    expect(targetGates({})).toEqual([])
    expect(await askPrometheus({}, {}, measuring().measured)).toEqual({})
  })
})
