import { describe, expect, it } from 'vitest'
import { type Selector, selector } from '../../../chaos-mesh/schemas/selector.ts'

const said = (value: object): readonly string[] =>
  selector.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('a selector', () => {
  it.each<Selector>([
    { labelSelectors: { app: 'web' } },
    { namespaces: ['shop', 'bank'], annotationSelectors: { team: 'a' }, podPhaseSelectors: ['Running'] },
    { expressionSelectors: [{ key: 'app', operator: 'In', values: ['web', 'api'] }] },
    { expressionSelectors: [{ key: 'app', operator: 'Exists' }] },
    { fieldSelectors: { 'spec.nodeName': 'node-a' } },
    { nodes: ['node-a'] },
    { nodeSelectors: { 'topology.kubernetes.io/zone': 'a' } },
    { namespaces: ['shop'], pods: { shop: ['web-0'] } },
  ])('chooses: %j', (value) => {
    expect(said(value)).toEqual([])
  })

  it.each([
    {},
    { namespaces: ['shop'] },
    { namespaces: ['shop'], podPhaseSelectors: ['Running'] },
    { labelSelectors: {} },
    { expressionSelectors: [] },
    { pods: {}, nodes: [] },
  ])('that chooses nothing is refused: %j', (value) => {
    expect(said(value)).toEqual([expect.stringContaining('without one every pod of the namespace is hit')])
  })

  it.each([
    [{ pods: { shop: ['web-0'] }, labelSelectors: { app: 'web' } }, 'Chaos Mesh ignores it'],
    [{ pods: { shop: ['web-0'] }, podPhaseSelectors: ['Running'] }, 'Chaos Mesh ignores it'],
    [{ namespaces: ['shop', 'shop'], nodes: ['a'] }, 'its pods are hit twice'],
    [{ fieldSelectors: { 'spec.image': 'web' } }, 'fieldSelectors'],
    [{ expressionSelectors: [{ key: 'app', operator: 'In', values: [] }] }, 'at least one value'],
    [{ expressionSelectors: [{ key: 'app', operator: 'Exists', values: ['x'] }] }, 'expected no value'],
    [{ pods: { shop: [] } }, 'at least one pod'],
  ])('that says what will not be done is refused: %j', (value, message) => {
    expect(said(value).join('\n')).toContain(message)
  })
})
