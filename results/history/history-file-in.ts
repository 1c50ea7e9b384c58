import { join } from 'node:path'

/** The history of the runs whose locks and journals lie in a folder, also of those with a folder elsewhere. */
export const historyFileIn = (runsDir: string): string => join(runsDir, 'history.ndjson')
