import { LineFile } from './line-file.ts'

/** The files that a collector writes into the run folder: under their names only when all of them are whole. */
export class CollectedFiles {
  readonly cells: LineFile
  readonly ledger: LineFile
  readonly evidence: LineFile

  constructor(dir: string) {
    this.cells = new LineFile(dir, 'cells.ndjson.gz')
    this.ledger = new LineFile(dir, 'ledger.ndjson.gz')
    this.evidence = new LineFile(dir, 'evidence.ndjson')
  }

  flush(): void {
    for (const file of this.#all) file.flush()
  }

  publish(): void {
    for (const file of this.#all) file.close()
    for (const file of this.#all) file.publish()
  }

  discard(): void {
    for (const file of this.#all) file.discard()
  }

  get #all(): readonly LineFile[] {
    return [this.cells, this.ledger, this.evidence]
  }
}
