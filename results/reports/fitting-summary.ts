/**
 * A summary that takes at most so many bytes (UTF-8): cut at the end of a line, with a note of how much was left out. Empty where not even
 * the note has room.
 */
export const fittingSummary = (markdown: string, roomBytes: number): string => {
  if (sizeOf(markdown) <= roomBytes) return markdown
  const lines = markdown.split('\n')
  const noteBytes = sizeOf(note(lines.length, sizeOf(markdown)))
  let [kept, keptBytes] = [0, 0]
  for (const line of lines) {
    const bytes = sizeOf(line) + 1
    if (keptBytes + bytes + noteBytes > roomBytes) break
    kept += 1
    keptBytes += bytes
  }
  if (noteBytes > roomBytes) return ''
  const shown = lines.slice(0, kept).map((line) => `${line}\n`)
  return `${shown.join('')}${note(lines.length - kept, sizeOf(markdown) - keptBytes)}`
}

const sizeOf = (text: string): number => new TextEncoder().encode(text).length

/** The blank line before it ends a table. */
const note = (lines: number, bytes: number): string =>
  `\nLeft out, since a step has room for 1 MiB: ${lines} lines, ${bytes} bytes. All of it stands in summary.md of the run folder.\n`
