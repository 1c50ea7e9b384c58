import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { ChaosMeshError } from '../chaos-mesh-error.ts'

/** Which cluster, by whose credentials. */
export interface ConfigurationChoice {
  /** A kubeconfig file, or several as `KUBECONFIG` has them; absent: `KUBECONFIG`, the one in the home folder, or the service account of the pod. */
  readonly file?: string
  /** A context of it; absent: its current one. */
  readonly context?: string
}

/** What client-node takes without any configuration. */
const nowhere = 'http://localhost:8080'

/** Reads it; throws a `no-configuration` ChaosMeshError without a usable one. */
export const configurationOf = ({ file, context }: ConfigurationChoice): KubeConfig => {
  const config = read(file)
  const contexts = config.getContexts().map(({ name }) => name)
  if (context !== undefined) {
    if (!contexts.includes(context)) throw missing(`a context of ${contexts.join(', ')}`, context)
    config.setCurrentContext(context)
  }
  if (file === undefined && config.getCurrentCluster()?.server === nowhere) throw missing('a kubeconfig', 'none')
  return config
}

/**
 * The same choice in words that do not change with the folder, the environment and what is current: absolute paths and the name of the context.
 * Empty in a pod, which has neither. Throws as `configurationOf` does.
 */
export const lastingChoice = (choice: ConfigurationChoice): ConfigurationChoice => {
  const context = configurationOf(choice).getCurrentContext()
  const file = choice.file ?? (process.env['KUBECONFIG'] || homeFile())
  return file === undefined
    ? {}
    : {
        file: filesIn(file)
          .map((one) => resolve(one))
          .join(delimiter),
        context,
      }
}

const homeFile = (): string | undefined => [join(homedir(), '.kube', 'config')].find((file) => existsSync(file))

/** A path may have the delimiter in its own name. */
const filesIn = (file: string): readonly string[] =>
  existsSync(file) ? [file] : file.split(delimiter).filter((one) => one !== '')

const read = (file: string | undefined): KubeConfig => {
  const config = new KubeConfig()
  try {
    if (file === undefined) config.loadFromDefault()
    else {
      const [first = file, ...others] = filesIn(file)
      config.loadFromFile(first)
      for (const other of others) config.mergeConfig(loaded(other))
    }
  } catch (error) {
    throw missing(`a kubeconfig${file === undefined ? '' : ` in ${file}`}`, String(error))
  }
  return config
}

const loaded = (file: string): KubeConfig => {
  const config = new KubeConfig()
  config.loadFromFile(file)
  return config
}

const missing = (what: string, got: string): ChaosMeshError =>
  new ChaosMeshError('no-configuration', `expected ${what}, got ${got}`, {
    hint: 'set KUBECONFIG, or name a file and a context of it',
  })
