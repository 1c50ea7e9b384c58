import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** Numbers for the long texts that repeat in the index (systems, parameters, combinations): they make it several times smaller. */
export class WordIds {
  readonly #select: StatementSync
  readonly #insert: StatementSync
  readonly #known = new Map<string, number>()

  /** The table `word` must exist. */
  constructor(db: DatabaseSync) {
    this.#select = db.prepare('SELECT id FROM word WHERE text = ?')
    this.#insert = db.prepare('INSERT INTO word (text) VALUES (?)')
  }

  /** The number of a word, 0 for one that no resource uses. */
  find(word: string): number {
    const known = this.#known.get(word)
    if (known !== undefined) return known
    const id = Number(this.#select.get(word)?.['id'] ?? 0)
    if (id !== 0) this.#known.set(word, id)
    return id
  }

  /** The number of a word, given now if it has none; inside a transaction. */
  make(word: string): number {
    const found = this.find(word)
    if (found !== 0) return found
    const id = Number(this.#insert.run(word).lastInsertRowid)
    this.#known.set(word, id)
    return id
  }

  /** After a rollback: numbers given in it are void. */
  forget(): void {
    this.#known.clear()
  }
}
