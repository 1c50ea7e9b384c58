import { Fhir } from 'fhir'

const validator = new Fhir()

/**
 * What is wrong with a resource by the definitions of FHIR R4, as a library judges it that has nothing to do with the twin:
 * missing and unknown elements, wrong types, codes out of their required value sets. It passes over how times are written;
 * that is judged here.
 */
export const fhirProblems = (resource: unknown): readonly string[] => [
  ...validator
    .validate(resource as Parameters<typeof validator.validate>[0], { errorOnUnexpected: true })
    .messages.filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ location, message }) => `${location}: ${message}`),
  ...timeProblems(resource),
]

/** https://hl7.org/fhir/R4/datatypes.html: seconds and a zone wherever there is a time of day. */
const time = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?$/
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const ofTimes: Readonly<Record<string, RegExp>> = {
  start: time,
  end: time,
  created: time,
  date: time,
  birthDate: time,
  authoredOn: time,
  effectiveDateTime: time,
  issued: instant,
  lastUpdated: instant,
}

const timeProblems = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, of]) => {
    const wanted = typeof of === 'string' ? ofTimes[name] : undefined
    return wanted && !wanted.test(of) ? [`${name}: expected a time, got ${of}`] : timeProblems(of)
  })
}
