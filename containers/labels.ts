/** On everything that we make on an engine: the run it belongs to. */
export const runLabel = 'collaudo.run'

/** On the images that are built from this machine's files. */
export const imageLabel = 'collaudo.image'

/** A name for something of a run, readable in `docker ps` and resolvable on its network. */
export const nameOf = (run: string, what: string): string => `collaudo-${run}-${what.replaceAll(/[^a-z0-9-]/g, '-')}`
