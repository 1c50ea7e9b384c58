import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Marked } from 'marked'
import { homeFolder } from '../../home/home.ts'
import { html, type Markup, trusted } from './html-template.ts'

/** Pages of docs/concepts. */
const concepts = ['gates', 'figures', 'comparison', 'resilience', 'capacity', 'call-centre', 'cost-and-carbon'] as const
export type Concept = (typeof concepts)[number]

/** The heading of a section, with a link to how its numbers are computed. */
export const heading = (title: string, concept: Concept): Markup =>
  html`<h2>${title} <a class="how" href="#how-${concept}">how it is computed</a></h2>`

/** The pages that some sections link to, so that a report explains itself also where nothing else of collaudo is. */
export const linkedConcepts = (sections: readonly Markup[]): Markup => {
  const isLinked = (concept: Concept) => sections.some(({ text }) => text.includes(`href="#how-${concept}"`))
  const linked = concepts.filter(isLinked)
  return linked.length === 0 ? html`` : html`<h2>How it is computed</h2>${linked.map(page)}`
}

const page = (concept: Concept): Markup => {
  const text = readFileSync(join(homeFolder, 'docs', 'concepts', `${concept}.md`), 'utf8')
  return html`<section class="concept" id="how-${concept}">${trusted(markdown.parse(text, { async: false }))}</section>`
}

/** Headings go below those of the report; a link to another document is its text, since that is not there. */
const markdown = new Marked({
  renderer: {
    heading({ tokens, depth }) {
      const level = Math.min(6, depth + 2)
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`
    },
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens)
      return /^https?:/.test(href) ? `<a href="${href}">${text}</a>` : text
    },
  },
})
