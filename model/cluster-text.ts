import { z } from 'zod'

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/
const labelText = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const maxLabelLength = 63

const isLabelText = (text: string): boolean => text.length <= maxLabelLength && labelText.test(text)

const isLabelKey = (key: string): boolean => {
  const [name = '', prefix, ...rest] = key.split('/').toReversed()
  return rest.length === 0 && isLabelText(name) && (prefix === undefined || subdomain.test(prefix))
}

const textWhere = (expected: string, holds: (text: string) => boolean) =>
  z.string().refine(holds, { error: ({ input }) => `expected ${expected}, got ${JSON.stringify(input)}` })

/** Labels of pods as Kubernetes takes them, each problem at its key. */
export const labelsSchema = z.record(z.string(), z.string()).superRefine((labels, context) => {
  for (const [key, value] of Object.entries(labels)) {
    const add = (expected: string, got: string) =>
      context.addIssue({ code: 'custom', path: [key], message: `expected ${expected}, got ${JSON.stringify(got)}` })
    if (!isLabelKey(key)) add('a label such as app or app.kubernetes.io/name', key)
    if (value !== '' && !isLabelText(value)) add('a label value such as web', value)
  }
})

/** The name of a container. */
export const containerNameSchema = textWhere(
  'the name of a container such as app',
  (name) => name.length <= maxLabelLength && label.test(name),
)

/** A name that DNSChaos can match. */
export const dnsNameSchema = textWhere('a name with ? anywhere and * at its end only, such as shop.*', (name) =>
  /^(?=.)[A-Za-z0-9?._-]*\*?$/.test(name),
)

const address = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])

/** An address, or a network of them. */
export const addressSchema = textWhere(
  'an address or a network such as 192.0.2.0/24',
  (text) => address.safeParse(text).success,
)
