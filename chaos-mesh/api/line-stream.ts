import type { ClientRequest, IncomingMessage } from 'node:http'
import type { ApiStream } from './connection.ts'

/** The lines of a response, one by one, each whole. */
export const lineStream = (response: IncomingMessage, sent: ClientRequest): ApiStream => {
  const lines = linesOf(response)
  // It may be closed before anybody reads.
  response.on('error', () => {})
  return {
    next: async () => (await lines.next()).value,
    close: () => void sent.destroy(),
  }
}

async function* linesOf(response: IncomingMessage): AsyncGenerator<string, undefined> {
  let rest = ''
  response.setEncoding('utf8')
  try {
    for await (const chunk of response) {
      const parts = `${rest}${chunk}`.split('\n')
      rest = parts.pop() ?? ''
      yield* parts.filter((line) => line !== '')
    }
  } catch {
    // A stream that breaks off has ended too: whoever reads it looks again.
  }
  return undefined
}
