import { describe, expect, it } from 'vitest'
import { componentName, parseComponent } from '../../model/component.ts'

describe('parseComponent', () => {
  it.each(['recup', 'identity', 'recup#2', 'imaging.store', 'recup→prescriptions', 'clients→recup'])(
    'reads %s, and it is written again in the same way',
    (name) => {
      const component = parseComponent(name)
      expect(component && componentName(component)).toBe(name)
    },
  )

  it('takes an arrow of two characters', () => {
    expect(parseComponent('recup->prescriptions')).toEqual(parseComponent('recup→prescriptions'))
  })

  it.each([
    '',
    'nobody',
    'recup#0',
    'recup#x',
    'recup.disk',
    'recup→',
    'recup→recup',
    'recup→clients',
    'a→b→c',
    '127.0.0.1',
  ])('refuses %s', (name) => {
    expect(parseComponent(name)).toBeUndefined()
  })
})
