import { describe, expect, it } from 'vitest'
import { importsOf } from './imports.ts'

const source = `
import { a, type B } from './a.ts'
import type { C } from 'c'
import {
  d,
  e,
} from "../d.ts"
import * as f from 'k6/http'
import './side-effect.ts'
export { g } from './g.ts'
export * from './h.ts'
export type { I } from './i.ts'
export const text = "import { x } from 'x'" // import 'y'
/* import z from 'z' */
const later = await import('./later.ts')
`

describe('importsOf', () => {
  it('sees every form of import and tells types, static and dynamic ones apart', () => {
    expect(importsOf(source)).toEqual([
      { specifier: './a.ts', kind: 'static' },
      { specifier: 'c', kind: 'type' },
      { specifier: '../d.ts', kind: 'static' },
      { specifier: 'k6/http', kind: 'static' },
      { specifier: './side-effect.ts', kind: 'static' },
      { specifier: './g.ts', kind: 'static' },
      { specifier: './h.ts', kind: 'static' },
      { specifier: './i.ts', kind: 'type' },
      { specifier: './later.ts', kind: 'dynamic' },
    ])
  })

  it('does not read past an export that imports nothing', () => {
    expect(importsOf("export const a = 1\nexport function f() {}\nimport { b } from 'b'\n")).toEqual([
      { specifier: 'b', kind: 'static' },
    ])
  })
})
