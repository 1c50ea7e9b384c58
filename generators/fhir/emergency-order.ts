import type { DiagnosticReport, Observation, ServiceRequest } from 'fhir/r4.js'
import { type AccessFacts, aboutAccess } from './encounter.ts'
import { eventIdentifier, runMeta, systems } from './naming.ts'

/** One order of an access: `round` is 1 for the first. */
export interface OrderFacts extends AccessFacts {
  readonly round: number
  readonly services: number
}

/** An order's lines are told apart by their index. */
export const orderLineId = ({ namespace, stream, number, round }: OrderFacts, line: number): string =>
  `${namespace}-o-${stream}-${number}-${round}-${line}`

/** Two dozen analytes, images and consultations, in turn: which service it is matters to nobody here. */
const kinds = 24
const serviceOf = (round: number, line: number) => ({
  coding: [{ system: systems.emergencyService, code: `s${(round * 7 + line) % kinds}` }],
})

/** The lines of an order, all requested and none done. */
export const orderLines = (order: OrderFacts, authoredOn: string): readonly ServiceRequest[] =>
  Array.from({ length: order.services }, (_, line) => ({
    resourceType: 'ServiceRequest' as const,
    id: orderLineId(order, line),
    meta: runMeta(order.namespace),
    requisition: { system: systems.event, value: eventIdentifier(order.identifier, `order.${order.round}`) },
    status: 'active' as const,
    intent: 'order' as const,
    priority: 'urgent' as const,
    code: serviceOf(order.round, line),
    ...aboutAccess(order),
    authoredOn,
  }))

/** The report of an order's results with an observation for each line. */
export const orderResults = (order: OrderFacts, issued: string): readonly (Observation | DiagnosticReport)[] => {
  const identifier = [{ system: systems.event, value: eventIdentifier(order.identifier, `result.${order.round}`) }]
  const observations = Array.from(
    { length: order.services },
    (_, line): Observation => ({
      resourceType: 'Observation',
      id: `${orderLineId(order, line)}-r`,
      meta: runMeta(order.namespace),
      identifier,
      basedOn: [{ reference: `ServiceRequest/${orderLineId(order, line)}` }],
      status: 'final',
      code: serviceOf(order.round, line),
      ...aboutAccess(order),
      issued,
      valueQuantity: { value: (order.number * 31 + line * 17) % 200, unit: '1' },
    }),
  )
  const report: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    id: `${orderLineId(order, 0)}-d`,
    meta: runMeta(order.namespace),
    identifier,
    status: 'final',
    code: { text: `results of order ${order.round}` },
    ...aboutAccess(order),
    issued,
    result: observations.map(({ id }) => ({ reference: `Observation/${id}` })),
  }
  return [...observations, report]
}
