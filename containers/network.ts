import { asked } from './asked.ts'
import type { Engine } from './engine.ts'
import { nameOf, runLabel } from './labels.ts'

/** Makes the network of a run, on which its containers find each other by name; resolves to its name. */
export const makeNetwork = async ({ network }: Engine, run: string): Promise<string> => {
  const name = nameOf(run, 'net')
  await asked('make a network', network.create({ Name: name, CheckDuplicate: true, Labels: { [runLabel]: run } }))
  return name
}
