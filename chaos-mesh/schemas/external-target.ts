import { isIP } from 'node:net'
import { z } from 'zod'

const hostName =
  /^(?=.{1,253}$)[A-Za-z0-9](?:[-A-Za-z0-9_]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[-A-Za-z0-9_]*[A-Za-z0-9])?)*\.?$/

const isPort = (port: string): boolean => /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535

const isCidr = (text: string): boolean => {
  const [address = '', bits = '', ...rest] = text.split('/')
  const maxBits = isIP(address) === 6 ? 128 : 32
  return rest.length === 0 && isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= maxBits
}

/** Four numbers that are no address are no name either. */
const isHost = (text: string): boolean => hostName.test(text) && !/^[\d.]+$/.test(text)

const isTarget = (text: string): boolean => {
  if (isIP(text) !== 0 || isCidr(text) || isHost(text)) return true
  const [, bracketed, plain, port = ''] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(text) ?? []
  if (!isPort(port)) return false
  if (bracketed !== undefined) return isIP(bracketed) === 6
  return plain !== undefined && (isIP(plain) === 4 || isCidr(plain) || isHost(plain))
}

/** Something outside the cluster. A name is resolved once, by the controller: what gets another address later escapes. */
export const externalTarget = z
  .string()
  .refine(isTarget, 'expected an address, a CIDR or a host name, each with or without :port')
