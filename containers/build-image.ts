import { execFile } from 'node:child_process'
import { copyFile, mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Failure } from '../model/failure.ts'
import { asked } from './asked.ts'
import type { Bundle } from './bundle.ts'
import type { Engine } from './engine.ts'
import { imageLabel } from './labels.ts'

const run = promisify(execFile)

/** Node first: it is the same for many builds. */
const dockerfile = `FROM scratch
LABEL ${imageLabel}=twin
COPY node/ /
ENV PATH=/usr/local/bin
WORKDIR /data
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning"]
COPY app/ /app/
`

/**
 * Builds the image from files of this machine alone, where no registry can be reached: its Node, the libraries that it is linked
 * with, and our programs. Throws a usage Failure on a system whose files do not run in a container.
 */
export const buildImage = async (
  engine: Engine,
  { image, folder: context, files }: Pick<Bundle, 'files'> & { readonly image: string; readonly folder: string },
): Promise<void> => {
  if (process.platform !== 'linux') {
    const hint =
      'docker build --tag collaudo-twin . makes it; name it in the YAML file of the target: image: collaudo-twin'
    throw new Failure('usage', `expected Linux to build the image from, got ${process.platform}`, hint)
  }
  try {
    await mkdir(join(context, 'app'), { recursive: true })
    await writeFile(join(context, 'Dockerfile'), dockerfile)
    for (const [name, contents] of files) await writeFile(join(context, 'app', name), contents)
    for (const [from, to] of await nodeFiles()) {
      const path = join(context, 'node', to)
      await mkdir(dirname(path), { recursive: true })
      await copyFile(from, path)
    }
    await buildIn(engine, context, image)
  } finally {
    await rm(context, { recursive: true, force: true })
  }
}

interface Progress {
  readonly error?: string
}

/** Not through the library, which keeps to itself what goes wrong. */
const buildIn = async ({ container }: Engine, context: string, image: string): Promise<void> => {
  const { dockerode } = container
  const src = ['Dockerfile', 'app', 'node']
  const building = dockerode.buildImage({ context, src }, { t: image, rm: true, forcerm: true })
  const stream = await asked(`build the image ${image}`, building)
  const said = await new Promise<readonly Progress[]>((resolve, reject) => {
    dockerode.modem.followProgress(stream, (error: Error | null, all: readonly Progress[]) =>
      error ? reject(error) : resolve(all),
    )
  })
  const error = said.find((one) => one.error !== undefined)?.error
  if (error !== undefined) throw new Failure('usage', `expected the image ${image} to be built, got ${error}`, roomHint)
}

const roomHint = 'look whether the engine has room on its disk: docker system df'

/** From → to: the binary, and each library at the path where the linker looks for it. */
const nodeFiles = async (): Promise<readonly (readonly [string, string])[]> => {
  const { stdout } = await run('ldd', [process.execPath])
  const libraries = stdout.split('\n').flatMap((line) => /(?:=> )?(\/\S+) \(0x/.exec(line)?.[1] ?? [])
  const found = await Promise.all(libraries.map(async (path) => [await realpath(path), path] as const))
  return [[process.execPath, '/usr/local/bin/node'], ...found]
}
