import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import type { Answered, Asked } from './messages.ts'

/** Takes commands over HTTP: each a POST with an `Asked`, answered by an `Answered`. `/health` says that it is up. */
export const serveControl = (port: number, answer: (asked: Asked) => Promise<Answered>): void => {
  const server = createServer(async (request, response) => {
    const said = request.method === 'POST' ? await answer(Object(await json(request))) : { status: 'pass' }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(said))
  })
  server.listen(port)
}
