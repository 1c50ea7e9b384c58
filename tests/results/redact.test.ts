import { describe, expect, it } from 'vitest'
import { redact } from '../../results/redact.ts'

describe('redact', () => {
  it.each([
    ['a codice fiscale', 'patient RSSMRA85T10A562S not found', 'patient [codice fiscale] not found'],
    ['one with letters for digits', 'RSSMRAULT10A56NS', '[codice fiscale]'],
    ['one inside an encoded query', 'identifier=sid%7Crssmra85t10a562s&x', 'identifier=sid%7C[codice fiscale]&x'],
    ['a bearer token', 'Authorization: Bearer abc.DEF-1_2/3=', 'Authorization: Bearer [token]'],
    ['a bare JSON web token', 'got eyJhbGciOi.eyJzdWIiOi.c2ln here', 'got [token] here'],
    ['an e-mail address', 'mario.rossi@example.invalid refused', '[e-mail] refused'],
    ['an encoded e-mail address', 'mail=mario%40example.invalid', 'mail=[e-mail]'],
  ])('removes %s', (_, text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  it('leaves what an investigation needs', () => {
    const text = '{"resourceType":"OperationOutcome","id":"r7-a0-s3","trace":"4bf92f3577b34da6a3ce929d0e0e4736"}'
    expect(redact(text)).toBe(text)
  })
})
