import { createServer } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { runRecordSchema } from '../../model/run-record.ts'
import { expectMended } from './expect-mended.ts'
import { collaudo } from './start-collaudo.ts'

const shortRun = ['run', 'recup-day', '--day', 'sunday', '--from', '03:00', '--to', '03:01', '--squeeze', '12s']

describe('what cannot be pushed is refused before anything begins', () => {
  test.each<[string, readonly string[], RegExp]>([
    [
      'metrics that go nowhere',
      ['run', 'recup-day', '--prometheus', 'prometheus'],
      /--prometheus: expected an address of HTTP .*got prometheus/,
    ],
    [
      'a secret for nobody',
      ['run', 'recup-day', '--prometheus-auth', 'bearer:TOKEN'],
      /--prometheus-auth: expected --prometheus with it/,
    ],
    [
      'a secret in the place of its name',
      ['run', 'recup-day', '--prometheus', 'http://127.0.0.1:9090', '--prometheus-auth', 'bearer:s3cr-t'],
      /--prometheus-auth: expected bearer:NAME or basic:NAME:NAME, (?!.*s3cr-t)/,
    ],
    [
      'a secret whose variable is not set',
      [...shortRun, '--prometheus', 'http://127.0.0.1:9090', '--prometheus-auth', 'bearer:NO_SUCH_TOKEN'],
      /NO_SUCH_TOKEN/,
    ],
    [
      'metrics of a run that is killed',
      ['chaos', 'runner-dies', '--prometheus', 'http://127.0.0.1:9090'],
      /expected no --prometheus with runner-dies/,
    ],
    [
      'dashboards into a folder that is none',
      ['dashboards', '--out', '/dev/null/dashboards'],
      /expected a folder that can be written at \/dev\/null/,
    ],
  ])('%s', async (_, args, message) => {
    expectMended(await collaudo(args), 2, message)
  })
})

/** Where it listens; undefined: nobody does. */
const addressOf = async (how: 'down' | 'slow' | 'refusing'): Promise<string> => {
  const server = createServer((_, response) => {
    if (how === 'refusing') response.writeHead(503).end('not today')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${Object(server.address()).port}`
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  if (how === 'down') close()
  else onTestFinished(close)
  return url
}

describe('who does not take the metrics does not hold the run up', () => {
  test.each([
    ['down', /did not take the metrics: ECONNREFUSED/],
    ['slow', /did not take the metrics: no answer in time/],
    ['refusing', /did not take the metrics: status 503 not today/],
  ] as const)('a Prometheus that is %s: said once, and the record is whole', async (how, said) => {
    const url = await addressOf(how)
    const { exitCode, stdout, stderr } = await collaudo([...shortRun, '--prometheus', url, '--json'])
    expect(stderr.match(/did not take the metrics/g)).toHaveLength(1)
    expect(stderr).toMatch(said)
    const { verdict, ended, integrity, delivery } = runRecordSchema.parse(JSON.parse(stdout))
    expect({ ended, isComplete: integrity.complete, lost: delivery.samplesLost }).toEqual({
      ended: 'completed',
      isComplete: true,
      lost: 0,
    })
    expect(exitCode, verdict).not.toBe(2)
    expect(delivery.completed).toBe(delivery.started)
  })
})
