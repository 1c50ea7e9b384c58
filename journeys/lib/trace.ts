/** What names a request for ever: it can be worked out again from the plan and the row. */
export interface TraceFacts {
  readonly namespace: string
  readonly seed: number
  readonly row: number
  /** Running number of the request in its row. */
  readonly request: number
}

const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(digits, '0')

/** FNV-1a, 32 bits. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value
}

/** W3C trace id: 32 hexadecimal digits. */
export const traceId = ({ namespace, seed, row }: TraceFacts): string => `c0${hex(hash(namespace), 8)}${hex(seed, 8)}${hex(row, 14)}`

/** W3C trace context header: one trace a row, one span a request. */
export const traceparent = (facts: TraceFacts): string => `00-${traceId(facts)}-c011a0d0${hex(facts.request + 1, 8)}-01`
