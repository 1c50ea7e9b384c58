import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeSpan, escaped } from '../../../results/reports/markdown.ts'

const nasty = fc.string({ unit: fc.constantFrom('`', 'a', "'", ' ', '|', '<', '&', '*') })

describe('escaped', () => {
  it('leaves nothing that Markdown or HTML would take for its own', () => {
    expect(escaped('a|b *c* `d` _e_ [f] <g> &lt;\n h')).toBe('a\\|b \\*c\\* \\`d\\` \\_e\\_ \\[f\\] &lt;g> &amp;lt; h')
  })
})

describe('codeSpan', () => {
  it('can be copied as it was, whatever backticks it holds', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const span = codeSpan(text)
        const [fence = ''] = /^`+/.exec(span) ?? []
        const inside = span.slice(fence.length, -fence.length)
        expect(inside.split(/[^`]+/)).not.toContain(fence)
        expect(text.includes('`') ? inside.slice(1, -1) : inside).toBe(text)
      }),
    )
  })
})
