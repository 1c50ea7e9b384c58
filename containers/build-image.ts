import { execFile } from 'node:child_process'
import { copyFile, mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Failure } from '../model/failure.ts'
import { asked } from './asked.ts'
import type { Engine } from './engine.ts'
import { imageLabel } from './labels.ts'

const run = promisify(execFile)

/** What an image is made of: one program of this machine, and files of ours. */
export interface ImageParts {
  readonly image: string
  /** What kind of image it is, for its label. */
  readonly kind: 'twin' | 'prometheus'
  /** Where its files are put together; removed afterwards. */
  readonly folder: string
  /** Path of the program on this machine. */
  readonly program: string
  /** The program's name and what it is always started with. */
  readonly entrypoint: readonly string[]
  /** By their path below /app. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** The program first: it is the same for many builds. */
const dockerfileOf = ({ kind, entrypoint }: ImageParts): string => `FROM scratch
LABEL ${imageLabel}=${kind}
COPY program/ /
ENV PATH=/usr/local/bin
WORKDIR /data
ENTRYPOINT ${JSON.stringify(entrypoint)}
COPY app/ /app/
`

/**
 * Builds an image from files of this machine alone, where no registry can be reached: a program, the libraries that it is linked
 * with, and files of ours. Throws a usage Failure on a system whose files do not run in a container.
 */
export const buildImage = async (engine: Engine, parts: ImageParts): Promise<void> => {
  const { image, folder: context, files } = parts
  if (process.platform !== 'linux') {
    throw new Failure('usage', `expected Linux to build the image from, got ${process.platform}`, elsewhere[parts.kind])
  }
  try {
    await mkdir(context, { recursive: true })
    await writeFile(join(context, 'Dockerfile'), dockerfileOf(parts))
    for (const [name, contents] of files) await writeFile(await madeIn(context, 'app', name), contents)
    for (const [from, to] of await programFiles(parts)) await copyFile(from, await madeIn(context, 'program', to))
    await buildIn(engine, context, image)
  } finally {
    await rm(context, { recursive: true, force: true })
  }
}

const elsewhere = {
  twin: 'docker build --target twin --tag collaudo-twin . makes it; name it in the YAML file of the target: image: collaudo-twin',
  prometheus: 'leave --observe out, start a Prometheus by yourself, and push to it with --prometheus',
} as const

const madeIn = async (...parts: readonly string[]): Promise<string> => {
  const path = join(...parts)
  await mkdir(dirname(path), { recursive: true })
  return path
}

interface Progress {
  readonly error?: string
}

/** Not through the library, which keeps to itself what goes wrong. */
const buildIn = async ({ container }: Engine, context: string, image: string): Promise<void> => {
  const { dockerode } = container
  const src = ['Dockerfile', 'app', 'program']
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
const programFiles = async ({ program, entrypoint }: ImageParts): Promise<readonly (readonly [string, string])[]> => {
  // Of a program that is linked statically it says so, and fails.
  const { stdout } = await run('ldd', [program]).catch(() => ({ stdout: '' }))
  const libraries = stdout.split('\n').flatMap((line) => /(?:=> )?(\/\S+) \(0x/.exec(line)?.[1] ?? [])
  const found = await Promise.all(libraries.map(async (path) => [await realpath(path), path] as const))
  return [[program, `/usr/local/bin/${entrypoint[0]}`], ...found]
}
