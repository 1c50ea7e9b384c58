import type { Verdict } from '../../model/verdict.ts'
import { linkedConcepts } from './html-concepts.ts'
import { style } from './html-style.ts'
import { html, type Markup, trusted } from './html-template.ts'

/** What stands above a report. */
export interface PageHead {
  readonly verdict: Verdict
  /** The verdict in one word and one plain sentence. */
  readonly word: string
  readonly sentence: string
  /** Of the window, behind the word. */
  readonly title: string
  readonly about: string
}

/** A report: one file that opens offline, without script or anything from elsewhere. */
export const htmlPage = ({ verdict, word, sentence, title, about }: PageHead, sections: readonly Markup[]): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${word} – ${title}</title>
<style>${style}</style>
</head>
<body>
<header class="${verdict}"><div>
<h1>${word}</h1>
<p>${sentence}</p>
<p class="about">${about}</p>
</div></header>
<main>
${[...sections, linkedConcepts(sections)].map((section) => html`${section}\n`)}
</main>
</body>
</html>
`.text

/** `2026-11-24 09:00 UTC` */
export const minutes = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`

export const bullets = (items: readonly string[]): Markup =>
  html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`

/** A chart for wide screens and for narrow ones, px. */
export const figure = (
  draw: (size: { readonly widthPx: number; readonly heightPx: number }) => string,
  caption: string,
): Markup => html`
<figure><figcaption>${caption}</figcaption>
<div class="wide">${trusted(draw({ widthPx: 1080, heightPx: 320 }))}</div>
<div class="narrow">${trusted(draw({ widthPx: 372, heightPx: 300 }))}</div>
</figure>`
