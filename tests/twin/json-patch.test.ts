import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FhirError } from '../../twin/fhir/fhir-error.ts'
import { applyJsonPatch, parseJsonPatch } from '../../twin/fhir/json-patch.ts'

const slot = { resourceType: 'Slot', id: 's1', status: 'free', list: ['a', 'b'], deep: { 'x/y': { '~': 1 } } }

const patched = (...operations: readonly unknown[]) => applyJsonPatch(parseJsonPatch(operations), slot)

const statusOf = (work: () => unknown): number => {
  try {
    work()
  } catch (error) {
    if (error instanceof FhirError) return error.status
    throw error
  }
  return 200
}

describe('a JSON Patch', () => {
  it.each([
    ['replaces a member', { op: 'replace', path: '/status', value: 'busy' }, { status: 'busy' }],
    ['adds a member', { op: 'add', path: '/comment', value: 'x' }, { comment: 'x' }],
    ['inserts into a list', { op: 'add', path: '/list/1', value: 'x' }, { list: ['a', 'x', 'b'] }],
    ['appends to a list', { op: 'add', path: '/list/-', value: 'x' }, { list: ['a', 'b', 'x'] }],
    ['replaces in a list', { op: 'replace', path: '/list/0', value: 'x' }, { list: ['x', 'b'] }],
    ['removes from a list', { op: 'remove', path: '/list/0' }, { list: ['b'] }],
    ['moves', { op: 'move', from: '/list/0', path: '/comment' }, { list: ['b'], comment: 'a' }],
    ['copies', { op: 'copy', from: '/list/0', path: '/comment' }, { comment: 'a' }],
    ['unescapes pointers', { op: 'replace', path: '/deep/x~1y/~0', value: 2 }, { deep: { 'x/y': { '~': 2 } } }],
  ])('%s', (_, operation, change) => {
    expect(patched(operation)).toEqual({ ...slot, ...change })
  })

  it('does nothing after a test that does not hold', () => {
    const guarded = [
      { op: 'test', path: '/status', value: 'busy' },
      { op: 'replace', path: '/status', value: 'free' },
    ]
    expect(statusOf(() => patched(...guarded))).toBe(409)
  })

  it.each([
    [400, 'an unknown operation', { op: 'become', path: '/status', value: 1 }],
    [400, 'an operation without a value', { op: 'add', path: '/status' }],
    [400, 'a path that is no pointer', { op: 'remove', path: 'status' }],
    [422, 'a replace of what is not there', { op: 'replace', path: '/comment', value: 1 }],
    [422, 'a remove of what is not there', { op: 'remove', path: '/list/2' }],
    [422, 'an add far behind the end of a list', { op: 'add', path: '/list/3', value: 1 }],
    [422, 'an add below nothing', { op: 'add', path: '/no/where', value: 1 }],
    [422, 'a change of the id', { op: 'replace', path: '/id', value: 's2' }],
    [422, 'a change of the type', { op: 'replace', path: '/resourceType', value: 'Patient' }],
    [422, 'a removal of the whole', { op: 'remove', path: '' }],
    [422, 'a path into a prototype', { op: 'replace', path: '/constructor/name', value: 1 }],
  ])('refuses with %i %s', (status, _, operation) => {
    expect(statusOf(() => patched(operation))).toBe(status)
  })

  it('leaves the resource it is applied to as it was', () => {
    const before = structuredClone(slot)
    const path = fc.constantFrom('/status', '/list/0', '/list/-', '/deep/x~1y', '/new')
    const operation = fc.record({ op: fc.constantFrom('add', 'replace'), path, value: fc.jsonValue() })
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 4 }), (operations) => {
        statusOf(() => patched(...operations))
        expect(slot).toEqual(before)
      }),
    )
  })
})
