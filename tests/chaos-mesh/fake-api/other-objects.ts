import { type Answer, refusal } from './answers.ts'

interface Other {
  readonly metadata: {
    readonly name: string
    readonly uid: string
    readonly resourceVersion: string
    readonly labels?: Readonly<Record<string, string>>
  }
}

/** One request for something else than an experiment. */
export interface OtherRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
}

/** Where somebody asks for a right. */
export const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'

/** Everything that an API server has besides experiments, without any meaning: it is made, listed by its labels, patched and deleted. */
export class OtherObjects {
  readonly #objects = new Map<string, Other>()
  #count = 0

  answer({ method, path, query, body }: OtherRequest): Answer {
    if (path === '/version') return { status: 200, body: { major: '1', minor: '35' } }
    if (path === reviews) return review(true)
    if (method === 'POST') return this.#create(path, body)
    const key = path.replace(/\/status$/, '')
    const found = this.#objects.get(key)
    if (found === undefined) return isCollection(path) ? this.#list(path, query) : notFound(path)
    const precondition = Object(body).preconditions?.resourceVersion ?? Object(body).metadata?.resourceVersion
    if (precondition !== undefined && precondition !== found.metadata.resourceVersion) {
      return refusal(409, 'the object has been modified', found.metadata.name)
    }
    if (method === 'DELETE') this.#objects.delete(key)
    if (method === 'PATCH') this.#objects.set(key, this.#versioned(merged(found, body) as Other))
    return { status: 200, body: this.#objects.get(key) ?? found }
  }

  #create(path: string, body: unknown): Answer {
    const { name } = Object(body).metadata
    const key = `${path}/${name}`
    if (this.#objects.has(key)) return refusal(409, `"${name}" already exists`, name)
    const [, namespace] = /\/namespaces\/([^/]+)\//.exec(path) ?? []
    const made = merged(body, { metadata: { uid: `other-${++this.#count}`, ...(namespace && { namespace }) } })
    this.#objects.set(key, this.#versioned(made as Other))
    return { status: 201, body: this.#objects.get(key) }
  }

  #versioned(object: Other): Other {
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.#count) } }
  }

  #list(path: string, query: URLSearchParams): Answer {
    const labels = (query.get('labelSelector') ?? '').split(',').filter((one) => one !== '')
    const items = [...this.#objects]
      .filter(([key]) => key.slice(0, key.lastIndexOf('/')) === path)
      .map(([, object]) => object)
      .filter(({ metadata }) =>
        labels.every((label) => metadata.labels?.[label.split('=')[0] ?? ''] === label.split('=')[1]),
      )
    return { status: 200, body: { metadata: { resourceVersion: String(this.#count) }, items } }
  }
}

/** What is said of a right. */
export const review = (allowed: boolean): Answer => ({ status: 201, body: { status: { allowed } } })

const isCollection = (path: string): boolean =>
  /\/(?:pods|nodes|deployments|daemonsets|poddisruptionbudgets)$/.test(path)

const notFound = (path: string): Answer => {
  const name = path.split('/').at(-1) ?? ''
  return refusal(404, `"${name}" not found`, name)
}

/** A merge patch: null takes away. */
const merged = (before: unknown, patch: unknown): unknown => {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const result: Record<string, unknown> = { ...Object(before) }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = merged(result[key], value)
  }
  return result
}
