import { expect, test } from 'vitest'
import { FhirClient } from '../../clients/fhir-client.ts'
import { preflight } from '../../runner/preflight.ts'
import { type Answer, answeringServer, closedAddress } from '../clients/answering-server.ts'

const statement: Answer = {
  body: { resourceType: 'CapabilityStatement', software: { name: 'Server', version: '1.2' } },
}
const bundle: Answer = { body: { resourceType: 'Bundle', type: 'searchset' } }

const clientOf = (baseUrl: string) => new FhirClient({ baseUrl, authorize: async () => ({}), timeoutMs: 200 })

const answering = async (metadata: Answer | undefined, search: Answer | undefined = bundle): Promise<FhirClient> =>
  clientOf(await answeringServer(({ url }) => (url === '/metadata' ? metadata : search)))

test('a fit server is told by its software and version', async () => {
  expect(await preflight('recup', await answering(statement))).toEqual({ software: 'Server 1.2', offers: undefined })
  const unnamed = { body: { resourceType: 'CapabilityStatement' } }
  expect(await preflight('prescriptions', await answering(unnamed))).toMatchObject({ software: 'unknown' })
})

const html: Answer = { body: '<html>\n  Sign in</html>' }
const outcome = { resourceType: 'OperationOutcome' }

test.each<{ what: string; metadata?: Answer; search?: Answer; message: RegExp; hint: RegExp }>([
  { what: 'HTML', metadata: html, message: /CapabilityStatement.*got 200 <html> Sign in/, hint: /baseUrl/ },
  { what: 'another resource', metadata: bundle, message: /CapabilityStatement.*got 200/, hint: /baseUrl/ },
  { what: 'no such path', metadata: { status: 404, body: outcome }, message: /got 404/, hint: /baseUrl/ },
  { what: 'no answer', message: /got no answer in time/, hint: /baseUrl/ },
  ...[
    { status: 401, what: 'wrong credentials', hint: /credentials/ },
    { status: 403, what: 'missing rights', hint: /credentials/ },
    { status: 400, what: 'a search that it cannot do', hint: /baseUrl/ },
  ].map(({ status, what, hint }) => {
    const message = new RegExp(`Slot.*got ${status}`)
    return { what, hint, message, metadata: statement, search: { status, body: outcome } }
  }),
])('$what is told with its mend', async ({ metadata, search, message, hint }) => {
  await expect(preflight('recup', await answering(metadata, search))).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  })
})

test('a server that is not there is told by its address', async () => {
  const baseUrl = await closedAddress()
  await expect(preflight('recup', clientOf(baseUrl))).rejects.toMatchObject({
    kind: 'usage',
    message: `expected recup at ${baseUrl}, got ECONNREFUSED`,
  })
})
