import type { DiagnosticReport, Encounter } from 'fhir/r4.js'
import {
  closingReport,
  diagnosis,
  triageObservation,
  vitalSigns,
} from '../../generators/fhir/emergency-observations.ts'
import { orderLines, orderResults } from '../../generators/fhir/emergency-order.ts'
import { type AccessStatus, encounterResource, secondEncounterResource } from '../../generators/fhir/encounter.ts'
import { type Case, judges, target } from './judged-cases.ts'

const at = '2026-12-01T09:00:00Z'
const access = {
  namespace: 'ns',
  stream: 'emergency',
  number: 1,
  identifier: 'ns.emergency.1',
  patient: 'p1',
  episode: { arrivalMode: '3', department: 0, sender: '6', problem: { code: 'fever', diagnosis: '780.60' } },
} as const
const encounter = (status: AccessStatus = 'arrived'): Encounter => encounterResource(access, { status, since: at })
const order = { ...access, round: 2, services: 3 }
const lines = orderLines(order, at)
const of = (kind: string, parts: number) => ({ identifier: `ns.emergency.1.${kind}`, slot: '', parts })
const elses = { ...access, patient: 'p9' }

const registered = { kind: 'register', ...of('register', 1) } as const
const registrations: readonly Case[] = [
  ['an encounter of the patient', target().holding(encounter()), [registered], {}],
  ['one that has gone on since', target().holding(encounter('finished')), [registered], {}],
  ['an unknown registration that never happened', target(), [{ ...registered, state: 'unknown' }], {}],
  ['a refused registration that left nothing', target(), [{ ...registered, state: 'refused' }], {}],
  ['no encounter', target(), [registered], { lost: 1 }],
  [
    'two with its identifier',
    target().holding(encounter(), { ...encounter(), id: 'y' }),
    [registered],
    { duplicated: 1 },
  ],
  [
    'one of another patient',
    target().holding(encounterResource(elses, { status: 'arrived', since: at })),
    [registered],
    { corrupted: 1 },
  ],
  [
    'a refused one that is there',
    target().holding(encounter()),
    [{ ...registered, state: 'refused' }],
    { corrupted: 1 },
  ],
]

const ordered = { kind: 'order', ...of('order.2', 3) } as const
const orders: readonly Case[] = [
  ['all lines of the order', target().holding(...lines), [ordered], {}],
  [
    'lines that are done by now',
    target().holding(...lines.map((line) => ({ ...line, status: 'completed' as const }))),
    [ordered],
    {},
  ],
  ['none of its lines', target(), [ordered], { lost: 1 }],
  ['some of its lines', target().holding(...lines.slice(1)), [ordered], { half: 1 }],
  [
    'an unknown order of which some lines are there',
    target().holding(...lines.slice(1)),
    [{ ...ordered, state: 'unknown' }],
    { half: 1 },
  ],
  [
    'more lines than were ordered',
    target().holding(...lines, ...lines.slice(0, 1).map((line) => ({ ...line, id: 'z' }))),
    [ordered],
    { duplicated: 1 },
  ],
]

const found = orderResults(order, at)
const resulted = { kind: 'result', ...of('result.2', 4) } as const
const preliminary = found.map((one) =>
  one.resourceType === 'DiagnosticReport' ? ({ ...one, status: 'preliminary' } as DiagnosticReport) : one,
)
const results: readonly Case[] = [
  ['a final report', target().holding(...found), [resulted], {}],
  ['a report that went back to preliminary', target().holding(...preliminary), [resulted], { corrupted: 1 }],
  ['no report', target(), [resulted], { lost: 1 }],
  [
    'a report, the order’s lines completed',
    target().holding(...found, ...lines.map((line) => ({ ...line, status: 'completed' as const }))),
    [resulted],
    {},
  ],
  ['a report whose order still waits for it', target().holding(...found, ...lines), [resulted], { half: 1 }],
  [
    'unknown results that never came, their order waiting',
    target().holding(...lines),
    [{ ...resulted, state: 'unknown' }],
    {},
  ],
  ['a report without its observations', target().holding(...found.slice(-1)), [resulted], { half: 1 }],
]

const others: readonly Case[] = [
  [
    'a triage',
    target().holding(triageObservation(access, { colour: 'green', at })),
    [{ kind: 'triage', ...of('triage', 1) }],
    {},
  ],
  ['a triage that is not there', target(), [{ kind: 'triage', ...of('triage', 1) }], { lost: 1 }],
  [
    'the vital signs of a visit',
    target().holding(...vitalSigns(access, at)),
    [{ kind: 'visit', ...of('visit', 5) }],
    {},
  ],
  [
    'a closing report and its diagnosis',
    target().holding(closingReport(access, at), diagnosis(access, at)),
    [{ kind: 'report', ...of('report', 2) }],
    {},
  ],
  [
    'a closing report without its diagnosis',
    target().holding(closingReport(access, at)),
    [{ kind: 'report', ...of('report', 2) }],
    { half: 1 },
  ],
  ['a closing report that is not there', target(), [{ kind: 'report', ...of('report', 2) }], { lost: 1 }],
  [
    'a closing report of another patient',
    target().holding(closingReport(elses, at), diagnosis(elses, at)),
    [{ kind: 'report', ...of('report', 2) }],
    { corrupted: 1 },
  ],
  [
    'some of the vital signs',
    target().holding(...vitalSigns(access, at).slice(1)),
    [{ kind: 'visit', ...of('visit', 5) }],
    { half: 1 },
  ],
  [
    'the vital signs of another patient',
    target().holding(...vitalSigns(elses, at)),
    [{ kind: 'visit', ...of('visit', 5) }],
    { corrupted: 1 },
  ],
  [
    'the triage of another patient',
    target().holding(triageObservation(elses, { colour: 'green', at })),
    [{ kind: 'triage', ...of('triage', 1) }],
    { corrupted: 1 },
  ],
  ['a closed access', target().holding(encounter('finished')), [{ kind: 'close', ...of('close', 0) }], {}],
  [
    'a closed access that is still open',
    target().holding(encounter('in-progress')),
    [{ kind: 'close', ...of('close', 0) }],
    { lost: 1 },
  ],
  [
    'an unknown close of an access that is open',
    target().holding(encounter('in-progress')),
    [{ kind: 'close', ...of('close', 0), state: 'unknown' }],
    {},
  ],
]

const second = (patient = 'p1', status: Encounter['status'] = 'in-progress'): Encounter => ({
  ...secondEncounterResource({ ...access, patient }, { kind: 'transfer', department: 1 }, at),
  status,
})
const taken = { kind: 'take-over', ...of('take-over', 1) } as const
const left = { kind: 'leave', ...of('leave', 0) } as const
const secondStays: readonly Case[] = [
  ['that began', target().holding(encounter('finished'), second()), [taken], {}],
  ['of which there is only the access', target().holding(encounter('finished')), [taken], { lost: 1 }],
  ['of another patient', target().holding(second('p9')), [taken], { corrupted: 1 }],
  ['that is there twice', target().holding(second(), { ...second(), id: 'y' }), [taken], { duplicated: 1 }],
  ['that ended', target().holding(second('p1', 'finished')), [taken, left], {}],
  ['that goes on after its end', target().holding(encounter('finished'), second()), [left], { lost: 1 }],
]

judges([
  ['a stay after an access', secondStays],
  ['a registration', registrations],
  ['an order', orders],
  ['results', results],
  ['other events', others],
])
