/**
 * A command of collaudo as a line for a POSIX shell, from its words; those that are undefined or false were not asked for. `npx` finds
 * collaudo in a clone and where it is installed.
 */
export const repeatCommand = (words: readonly (string | false | undefined)[]): string =>
  ['npx', 'collaudo', ...words.filter((word) => typeof word === 'string').map(quoted)].join(' ')

/** What a shell takes as it stands needs no quotes. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)
