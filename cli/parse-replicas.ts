import { Failure } from '../model/failure.ts'
import { type FhirSystemName, isImageSystem, type SystemName, systemNames } from '../model/system.ts'

const fhirSystems = systemNames.filter((name): name is FhirSystemName => !isImageSystem(name))

/** Reads `SYSTEM=N`, N from 1 to 9. Throws a usage Failure with every problem. */
export const parseReplicas = (texts: readonly string[]): Readonly<Partial<Record<SystemName, number>>> => {
  const isRight = (text: string): boolean => {
    const [system, count = ''] = text.split('=')
    return fhirSystems.some((name) => name === system) && /^[1-9]$/.test(count)
  }
  const problems = texts
    .filter((text) => !isRight(text))
    .map((text) => `--replicas: expected one of ${fhirSystems.join(', ')} and a number from 1 to 9, got ${text}`)
  if (problems.length > 0) throw new Failure('usage', problems.join('\n'), 'for example --replicas recup=2')
  return Object.fromEntries(texts.map((text) => text.split('=')).map(([system, count]) => [system, Number(count)]))
}
