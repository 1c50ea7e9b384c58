import { z } from 'zod'

const named = (expected: string, pattern: RegExp, maxLength: number) =>
  z
    .string(`expected ${expected}`)
    .refine((name) => name.length <= maxLength && pattern.test(name), `expected ${expected}`)

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/
const labelName = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/

export const namespace = named('a namespace such as shop', label, 63)
export const containerName = named('the name of a container such as app', label, 63)

/** Of an object, a pod, a node. */
export const objectName = named('a name of lower-case letters, digits, - and .', subdomain, 253)

export const labelValue = named('a label value such as web', /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/, 63)

/** `app` or `app.kubernetes.io/name`. */
export const labelKey = z.string().refine((key) => {
  const parts = key.split('/')
  const name = parts.pop() ?? ''
  const [prefix] = parts
  const isPrefixed = parts.length === 0 || (parts.length === 1 && prefix !== undefined && subdomain.test(prefix))
  return isPrefixed && name.length <= 63 && labelName.test(name)
}, 'expected a label key such as app or app.kubernetes.io/name')
