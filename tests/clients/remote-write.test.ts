import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type PushAuth, remoteWriter, writeAddress } from '../../clients/remote-write.ts'

const none: PushAuth = { kind: 'none' }

const receiver = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${Object(server.address()).port}`
}

const answering = (status: number, text: string) =>
  receiver((_, response) => {
    response.writeHead(status).end(text)
  })

const push = (url: string, auth: PushAuth = none, env = {}) =>
  remoteWriter({ url, auth }, env)(new Uint8Array([1, 2, 3]))

describe('a remote write', () => {
  it('goes to Prometheus where no path is named, and to the path that is', () => {
    expect(writeAddress('http://127.0.0.1:9090')).toBe('http://127.0.0.1:9090/api/v1/write')
    expect(writeAddress('https://mimir.example/api/v1/push')).toBe('https://mimir.example/api/v1/push')
  })

  it.each(['prometheus', 'ftp://127.0.0.1', 'http://user:secret@127.0.0.1:9090', 'http//user:secret@127.0.0.1'])(
    'does not go to %s',
    (url) => {
      expect(() => writeAddress(url)).toThrow('--prometheus: expected an address of HTTP without user and password')
      expect(() => writeAddress(url)).not.toThrow('secret')
    },
  )

  it('has the headers of remote write 1.0 and the secret of the variable that is named', async () => {
    const seen: unknown[] = []
    const url = await receiver(({ method, url: path, headers }, response) => {
      seen.push([
        method,
        path,
        headers['content-encoding'],
        headers['x-prometheus-remote-write-version'],
        headers.authorization,
      ])
      response.writeHead(204).end()
    })
    expect(await push(url, { kind: 'bearer', tokenEnv: 'TOKEN' }, { TOKEN: 't1' })).toEqual({ kind: 'taken' })
    const basic: PushAuth = { kind: 'basic', userEnv: 'USER', passwordEnv: 'WORD' }
    expect(await push(url, basic, { USER: 'ada', WORD: 'pw' })).toEqual({ kind: 'taken' })
    const head = ['POST', '/api/v1/write', 'snappy', '0.1.0']
    expect(seen).toEqual([
      [...head, 'Bearer t1'],
      [...head, `Basic ${Buffer.from('ada:pw').toString('base64')}`],
    ])
  })

  it('is refused before the run where the variable is not set', () => {
    expect(() => remoteWriter({ url: 'http://127.0.0.1:9', auth: { kind: 'bearer', tokenEnv: 'TOKEN' } }, {})).toThrow(
      'TOKEN',
    )
  })

  it.each([
    ['nobody is there', async () => 'http://127.0.0.1:9', /ECONNREFUSED|bad port/],
    ['it is refused', () => answering(401, 'no'), /status 401 no/],
    ['it is broken', () => answering(500, 'out of bounds'), /status 500 out of bounds/],
    [
      'it leads elsewhere',
      () => receiver((_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()),
      /redirect/,
    ],
    ['it hangs up', () => receiver(({ socket }) => socket.destroy()), /ECONNRESET|other side closed|UND_ERR_SOCKET/],
  ])('says why it was not taken when %s', async (_, start, why) => {
    const answer = await push(await start())
    expect(answer.kind === 'refused' && answer.why).toMatch(why)
  })

  it('tells a Prometheus that takes no native histograms from one that refuses', async () => {
    expect(await push(await answering(500, 'native histograms are disabled\n'))).toEqual({ kind: 'no-histograms' })
  })
})
