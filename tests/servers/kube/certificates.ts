import { generateKeyPairSync } from 'node:crypto'
import forge from 'node-forge'

/** A certificate and its key, PEM. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

/** Who asks: with all rights, with none, and with all of them until yesterday. */
export type Who = 'admin' | 'nobody' | 'expired'

/** What an API server and its clients need. */
export interface Identities extends Readonly<Record<Who, Identity>> {
  readonly ca: string
  readonly server: Identity
}

const dayMs = 86_400_000

interface Subject {
  readonly name: string
  readonly group?: string
  readonly usage: object
  readonly toMs: number
}

/** An authority of its own for each call, and what it has signed. */
export const makeIdentities = (nowMs: number): Identities => {
  const issue = authority(nowMs)
  const monthMs = nowMs + 30 * dayMs
  const client = (name: string, toMs: number, group?: string) =>
    issue.sign({ name, usage: { clientAuth: true }, toMs, ...(group !== undefined && { group }) })
  return {
    ca: issue.cert,
    server: issue.sign({ name: 'kube-apiserver', usage: { serverAuth: true }, toMs: monthMs }),
    admin: client('admin', monthMs, 'system:masters'),
    nobody: client('nobody', monthMs),
    expired: client('admin', nowMs - dayMs, 'system:masters'),
  }
}

/** By Node, since forge takes seconds for it. */
const newPair = () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  const key = forge.pki.privateKeyFromPem(pem)
  return { pem, key, publicKey: forge.pki.setRsaPublicKey(key.n, key.e) }
}

const authority = (nowMs: number) => {
  const own = newPair()
  const issuer = [{ name: 'commonName', value: 'collaudo tests' }]
  let serial = 1
  const signed = (
    publicKey: forge.pki.rsa.PublicKey,
    subject: forge.pki.CertificateField[],
    rest: { toMs: number; extensions: object[] },
  ) => {
    const certificate = forge.pki.createCertificate()
    certificate.publicKey = publicKey
    certificate.serialNumber = String(serial++).padStart(2, '0')
    certificate.validity.notBefore = new Date(nowMs - 60 * dayMs)
    certificate.validity.notAfter = new Date(rest.toMs)
    certificate.setSubject(subject)
    certificate.setIssuer(issuer)
    certificate.setExtensions(rest.extensions)
    certificate.sign(own.key, forge.md.sha256.create())
    return forge.pki.certificateToPem(certificate)
  }
  const extensions = [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
  ]
  return {
    cert: signed(own.publicKey, issuer, { toMs: nowMs + 60 * dayMs, extensions }),
    sign({ name, group, usage, toMs }: Subject): Identity {
      const pair = newPair()
      const groups = group === undefined ? [] : [{ name: 'organizationName', value: group }]
      const cert = signed(pair.publicKey, [...groups, { name: 'commonName', value: name }], {
        toMs,
        extensions: [
          { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
          { name: 'extKeyUsage', ...usage },
          // An IP address (RFC 5280, 4.2.1.6).
          { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
        ],
      })
      return { cert, key: pair.pem }
    },
  }
}
