import { parseDuration } from './quantity.ts'

type Field = { readonly min: number; readonly max: number; readonly names?: readonly string[] }

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const fields: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: months },
  { min: 0, max: 6, names: days },
]

const descriptors = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'])

const numberOf = (text: string, { min, max, names = [] }: Field): number => {
  const named = names.indexOf(text.toLowerCase())
  if (named >= 0) return named + min
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  return number >= min && number <= max ? number : Number.NaN
}

const isPart = (part: string, field: Field): boolean => {
  const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? []
  if (step !== undefined && Number(step) === 0) return false
  if (range === '*' || range === '?') return true
  const [from = '', to, ...rest] = range.split('-')
  if (rest.length > 0) return false
  return to === undefined ? !Number.isNaN(numberOf(from, field)) : numberOf(from, field) <= numberOf(to, field)
}

const isField = (text: string, field: Field): boolean => text.split(',').every((part) => isPart(part, field))

/** Go knows the zones by name, with its capitals, and `Local`; an offset such as `+02:00` is none. */
const isZone = (name: string): boolean => {
  if (!/^[A-Z]/.test(name)) return false
  if (name === 'Local') return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Whether Chaos Mesh understands it: five fields, six with seconds first, `@daily` and the like, or `@every 30s`. */
export const isCron = (text: string): boolean => {
  if (text.startsWith('@every ')) return (parseDuration(text.slice('@every '.length)) ?? 0) >= 1000
  if (text.startsWith('@')) return descriptors.has(text)
  const [, zone, rest = text] = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(text) ?? []
  if (zone !== undefined && !isZone(zone)) return false
  const parts = rest.split(/\s+/)
  const known = parts.length === 6 ? fields : parts.length === 5 ? fields.slice(1) : []
  return known.length > 0 && known.every((field, index) => isField(parts[index] ?? '', field))
}
