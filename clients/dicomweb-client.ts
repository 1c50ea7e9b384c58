import { authorized } from './authorized.ts'
import type { Fetch } from './fetch-of.ts'
import { multipartParts } from './multipart-parts.ts'
import type { Authorize } from './token.ts'

/** What came back, with the beginning of the text for messages. */
export interface DicomwebAnswer {
  readonly status: number
  readonly text: string
  /** Parsed DICOM JSON; undefined for anything else. */
  readonly json: unknown
}

export interface DicomwebClientOptions {
  readonly baseUrl: string
  readonly authorize: Authorize
  readonly timeoutMs: number
  readonly signal?: AbortSignal
  /** Absent: the global one. */
  readonly fetch?: Fetch
}

/** Sequence of the images that a server says it has stored, and of those that it has not (PS3.18 §10.5). */
const stored = '00081199'

/** A series may take so many times what an answer may. */
const transferFactor = 6

/** A DICOMweb client for everything that is not k6. Every call rejects when no answer came. */
export class DicomwebClient {
  readonly baseUrl: string
  readonly #options: DicomwebClientOptions

  constructor(options: DicomwebClientOptions) {
    this.baseUrl = options.baseUrl.replace(/\/$/, '')
    this.#options = options
  }

  /** QIDO-RS, or metadata: `studies?PatientID=…`. */
  async find(path: string): Promise<DicomwebAnswer> {
    return answerOf(await this.#send(path, { headers: { accept: 'application/dicom+json' } }))
  }

  /** STOW-RS. `storedCount`: images that the server names as stored; the status alone means nothing. */
  async store(contentType: string, body: Uint8Array<ArrayBuffer>): Promise<DicomwebAnswer & { storedCount: number }> {
    const headers = { accept: 'application/dicom+json', 'content-type': contentType }
    const answer = await answerOf(await this.#send('studies', { method: 'POST', headers, body }))
    return { ...answer, storedCount: sequenceLength(answer.json, stored) }
  }

  /** WADO-RS: the DICOM files of a study, a series or one instance, one by one; none when there are none (404). */
  async *retrieve(path: string): AsyncGenerator<Buffer> {
    const response = await this.#send(
      path,
      {
        headers: { accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' },
      },
      transferFactor * this.#options.timeoutMs,
    )
    if (response.status === 404) {
      await response.body?.cancel()
      return
    }
    const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(response.headers.get('content-type') ?? '') ?? []
    const boundary = quoted ?? plain
    if (response.status !== 200 || !response.body || boundary === undefined) {
      throw new Error(`expected images from ${path}, got ${response.status} ${(await response.text()).slice(0, 200)}`)
    }
    yield* multipartParts(response.body, boundary)
  }

  /** Removes a study, where the server lets it (not a part of DICOMweb). */
  async remove(study: string): Promise<DicomwebAnswer> {
    return answerOf(await this.#send(`studies/${study}`, { method: 'DELETE' }))
  }

  /** `limitMs`: for the answer and its body; a series has megabytes, and comes as fast as the network lets it. */
  #send(path: string, init: RequestInit, limitMs = this.#options.timeoutMs): Promise<Response> {
    const { authorize, signal, fetch: send = fetch } = this.#options
    const limits = [AbortSignal.timeout(limitMs), ...(signal ? [signal] : [])]
    return authorized(authorize, (authorization) =>
      send(`${this.baseUrl}/${path}`, {
        ...init,
        // Some servers close idle connections within a second, and a request on its way then is lost; and what they
        // compress does not always come whole.
        headers: { ...init.headers, ...authorization, connection: 'close', 'accept-encoding': 'identity' },
        signal: AbortSignal.any(limits),
      }),
    )
  }
}

const answerOf = async (response: Response): Promise<DicomwebAnswer> => {
  const text = await response.text()
  return { status: response.status, text: text.slice(0, 200), json: jsonOf(text) }
}

const jsonOf = (text: string): unknown => {
  if (text === '') return []
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const sequenceLength = (json: unknown, tag: string): number => {
  const { Value: items } = Object(Object(json)[tag])
  return Array.isArray(items) ? items.length : 0
}
