import { hash32 } from '../../generators/hash32.ts'
import { namespace } from './settings.ts'

const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(digits, '0')

const runDigits = `c0${hex(hash32(namespace), 8)}`

/** W3C trace id of a row, 32 hexadecimal digits: it can be worked out again from the run's namespace, the row's seed and its index. */
export const traceId = (seed: number, row: number): string => runDigits + hex(seed, 8) + hex(row, 14)

/** W3C trace context header: one trace a row, one span a request. */
export const traceparent = (trace: string, request: number): string => `00-${trace}-c011a0d0${hex(request + 1, 8)}-01`
