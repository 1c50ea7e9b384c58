import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { unusedPort } from '../../clients/unused-port.ts'
import type { Target } from '../../model/target.ts'
import { askProcessors } from '../../runner/ask-processors.ts'
import { askPrometheus, mustAnswer, targetGates } from '../../runner/ask-prometheus.ts'
import { plan } from '../results/fixture.ts'

type Prometheus = NonNullable<Target['prometheus']>

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

const of = (changes: Partial<Prometheus>): { readonly prometheus: Prometheus } => ({
  prometheus: { baseUrl: 'http://127.0.0.1:9', gates: [], processors: {}, ...changes },
})

const measuring = (endedMs = 95_000) => {
  const told: string[] = []
  return {
    told,
    measured: {
      plan: plan(),
      t0UnixMs: 1_000_000,
      endedUnixMs: 1_000_000 + endedMs,
      tell: (text: string) => told.push(text),
    },
  }
}

describe('metrics of a target', () => {
  it('are asked for at the end of the steady phase, over its length', async () => {
    const { baseUrl, asked } = await prometheus({ 'rate(cpu[40s])': vector('0.5', '0.7', 'NaN') })
    const target = of({ baseUrl, tokenEnv: 'TOKEN', gates: [gate] })
    expect(await askPrometheus(target, { TOKEN: 'secret' }, measuring().measured)).toEqual({ cpu: [0.5, 0.7] })
    expect(asked).toEqual([{ query: 'rate(cpu[40s])', time: '1050', authorization: 'Bearer secret' }])
    expect(targetGates(target)).toEqual([{ ...gate, kind: 'metric', phase: 'steady' }])
  })

  it('are asked for at the end of a load that was cut short, over what there was of the phase', async () => {
    const { baseUrl, asked } = await prometheus({ 'rate(cpu[20s])': vector('0.5', '+Inf') })
    const target = of({ baseUrl, gates: [gate] })
    expect(await askPrometheus(target, {}, measuring(30_000).measured)).toEqual({ cpu: [0.5, Number.MAX_VALUE] })
    expect(asked).toEqual([{ query: 'rate(cpu[20s])', time: '1030', authorization: undefined }])
  })

  it('are not asked for without the token that the target names', async () => {
    const { baseUrl, asked } = await prometheus({})
    const target = of({ baseUrl, tokenEnv: 'TOKEN', gates: [gate] })
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
    expect(await askPrometheus(of({ baseUrl, gates }), {}, measured)).toEqual({ cpu: [3], broken: [] })
    expect(told).toEqual(['metrics   broken: parse error: sum('])
  })

  it('that cannot be asked for are refused before the load, all at once', async () => {
    const { baseUrl } = await prometheus({ 'rate(cpu[60s])': vector() })
    const gates = [gate, { ...gate, name: 'broken', query: 'sum(' }, { ...gate, name: 'other', query: 'avg(' }]
    await expect(mustAnswer(of({ baseUrl, gates }), {})).rejects.toThrow(
      /expected http:.* to answer the queries of the target, got\n {2}broken: parse error: sum\(\n {2}other: parse error: avg\($/,
    )
    await expect(mustAnswer(of({ baseUrl, gates: [gate] }), {})).resolves.toBeUndefined()
    const nobody = of({ baseUrl: `http://127.0.0.1:${await unusedPort()}`, gates: [gate] })
    await expect(mustAnswer(nobody, {})).rejects.toThrow(/cpu: ECONNREFUSED/)
  })

  it('are nothing where the target has no Prometheus', async () => {
    expect(targetGates({})).toEqual([])
    expect(await askPrometheus({}, {}, measuring().measured)).toEqual({})
  })
})

describe('the processor time of a target', () => {
  const processors = { recup: { usedSeconds: 'sum(used[$range])', vcpus: 'vcpus' } }
  const load = { t0UnixMs: 1_000_000, endedUnixMs: 1_090_400 }

  it('is what its own metrics say over the load, summed over all that they give', async () => {
    const { baseUrl, asked } = await prometheus({ 'sum(used[90s])': vector('12.5'), vcpus: vector('2', '4') })
    expect(await askProcessors(of({ baseUrl, processors }), {}, load)).toEqual({
      kind: 'known',
      lastsMs: 90_400,
      systems: [{ system: 'recup', vcpus: 6, usedMs: 12_500 }],
    })
    expect(asked.map(({ time }) => time)).toEqual(['1090.4', '1090.4'])
  })

  it('is not known, with the query that gave nothing or could not be asked', async () => {
    const { baseUrl } = await prometheus({ 'sum(used[90s])': vector(), vcpus: vector('2') })
    expect(await askProcessors(of({ baseUrl, processors }), {}, load)).toEqual({
      kind: 'not-known',
      reason: 'its Prometheus was asked in vain: nothing for sum(used[90s])',
    })
    expect(await askProcessors(of({ processors }), {}, load)).toMatchObject({ kind: 'not-known' })
  })

  it('is nobody’s to say where the target names no queries', async () => {
    expect(await askProcessors(of({}), {}, load)).toBeUndefined()
    expect(await askProcessors({}, {}, load)).toBeUndefined()
  })

  it('is tried before the load, like a gate', async () => {
    const { baseUrl } = await prometheus({ vcpus: vector('2') })
    await expect(mustAnswer(of({ baseUrl, processors }), {})).rejects.toThrow(
      /got\n {2}recup, usedSeconds: parse error: sum\(used\[60s\]\)$/,
    )
  })
})
