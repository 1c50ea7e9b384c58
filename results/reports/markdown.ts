/** A table of Markdown, everything in its rows escaped. */
export const markdownTable = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows.map((cells) => cells.map(escaped))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')

/** Nothing in a name may become Markdown or HTML. */
export const escaped = (text: string): string =>
  text
    .replace(/[\\`*_[\]|]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/\s*\n\s*/g, ' ')

/** Text to be copied as it is: between more backticks on end than it holds. */
export const codeSpan = (text: string): string => {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const padding = longest > 0 ? ' ' : ''
  return `${fence}${padding}${text.replace(/\s*\n\s*/g, ' ')}${padding}${fence}`
}
