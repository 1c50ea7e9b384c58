import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

/** What a link with TLS needs, all PEM; `ca` is for those who are to trust it. */
export interface Certificates {
  readonly ca: string
  readonly key: string
  readonly cert: string
  readonly expiredCert: string
}

const dayMs = 86_400_000
const keyBits = 2048

interface Pair {
  readonly keyPem: string
  readonly key: forge.pki.rsa.PrivateKey
  readonly publicKey: forge.pki.rsa.PublicKey
}

interface Issue {
  readonly name: string
  readonly of: Pair
  readonly by: { readonly name: string; readonly pair: Pair }
  readonly serial: string
  readonly fromMs: number
  readonly toMs: number
  readonly extensions: readonly object[]
}

/**
 * A certificate authority of its own for each call, a certificate of it for 127.0.0.1, localhost and `host` that holds for a month,
 * and one for the same key that ended a day before `nowMs`.
 */
export const makeCertificates = (nowMs: number, host = 'localhost'): Certificates => {
  const by = { name: 'collaudo fault proxy', pair: newPair() }
  const leaf = newPair()
  const ofLeaf = { name: 'localhost', of: leaf, by, extensions: leafExtensions(host) }
  return {
    ca: issue({
      ...ofLeaf,
      name: by.name,
      of: by.pair,
      serial: '01',
      fromMs: nowMs - 60 * dayMs,
      toMs: nowMs + 60 * dayMs,
      extensions: caExtensions,
    }),
    key: leaf.keyPem,
    cert: issue({ ...ofLeaf, serial: '02', fromMs: nowMs - dayMs, toMs: nowMs + 30 * dayMs }),
    expiredCert: issue({ ...ofLeaf, serial: '03', fromMs: nowMs - 31 * dayMs, toMs: nowMs - dayMs }),
  }
}

const caExtensions = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, critical: true },
  { name: 'subjectKeyIdentifier' },
]

/** Types 2 and 7 are a DNS name and an IP address (RFC 5280, 4.2.1.6). */
const leafExtensions = (host: string) => [
  { name: 'basicConstraints', cA: false },
  { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
  { name: 'extKeyUsage', serverAuth: true },
  {
    name: 'subjectAltName',
    altNames: [
      { type: 2, value: 'localhost' },
      { type: 2, value: host },
      { type: 7, ip: '127.0.0.1' },
    ],
  },
]

/** By Node, since forge takes seconds for it. */
const newPair = (): Pair => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: keyBits })
  const keyPem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  const key = forge.pki.privateKeyFromPem(keyPem)
  return { keyPem, key, publicKey: forge.pki.setRsaPublicKey(key.n, key.e) }
}

const issue = ({ name, of, by, serial, fromMs, toMs, extensions }: Issue): string => {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = of.publicKey
  certificate.serialNumber = serial
  certificate.validity.notBefore = new Date(fromMs)
  certificate.validity.notAfter = new Date(toMs)
  certificate.setSubject([{ name: 'commonName', value: name }])
  certificate.setIssuer([{ name: 'commonName', value: by.name }])
  certificate.setExtensions([...extensions])
  certificate.sign(by.pair.key, forge.md.sha256.create())
  return forge.pki.certificateToPem(certificate)
}
