/** Text that is already HTML. Only `html` and `trusted` make it. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type HtmlValue = Markup | string | number | readonly HtmlValue[]

/** Template tag: every value is escaped but markup of this tag's own; lists are joined. */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Markup =>
  new Markup(strings.map((text, index) => text + markupOf(values[index] ?? '')).join(''))

/** HTML of our own making that did not come through `html`, such as a rendered SVG. */
export const trusted = (text: string): Markup => new Markup(text)

const markupOf = (value: HtmlValue): string => {
  if (value instanceof Markup) return value.text
  return typeof value === 'object' ? value.map(markupOf).join('') : escaped(String(value))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
