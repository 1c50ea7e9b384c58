import { Failure } from '../model/failure.ts'
import { asked } from './asked.ts'
import { buildImage } from './build-image.ts'
import { type Bundle, bundle } from './bundle.ts'
import type { Engine } from './engine.ts'
import { imageLabel } from './labels.ts'

export interface ImageOptions {
  /** Its name; built from this machine's files when absent. */
  readonly named: string | undefined
  /** Where its files are put together; removed afterwards. */
  readonly folder: string
  readonly tell: (text: string) => void
}

/**
 * The image of the twin: the one that is named, which must be there, or one built from this machine's files, at once when there is
 * none of the same sources yet. Throws a usage Failure when it cannot be had.
 */
export const provideImage = async (engine: Engine, { named, folder, tell }: ImageOptions): Promise<string> => {
  if (named !== undefined) return mustBeThere(engine, named)
  const bundled = await bundle()
  const image = imageOf(bundled)
  if (await isThere(engine, image)) return image
  const startedMs = performance.now()
  const { files } = bundled
  await buildImage(engine, { ...node, image, folder, files })
  tell(`image     ${image} built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
  await removeOthers(engine, image)
  return image
}

const node = {
  kind: 'twin',
  program: process.execPath,
  entrypoint: ['node', '--disable-warning=ExperimentalWarning'],
} as const

const imageOf = ({ fingerprint }: Bundle): string => `collaudo-twin:${fingerprint}-node${process.versions.node}`

const mustBeThere = async (engine: Engine, image: string): Promise<string> => {
  if (await isThere(engine, image)) return image
  const hint = `docker build --target twin --tag ${image} . makes it; without the key image it is built from this machine's files`
  throw new Failure('usage', `expected the image ${image}, got none`, hint)
}

export const isThere = async ({ container }: Engine, image: string): Promise<boolean> => {
  const found = container.dockerode
    .getImage(image)
    .inspect()
    .then(
      () => true,
      (error: unknown) => (Object(error).statusCode === notThere ? false : Promise.reject(error)),
    )
  return asked(`look for the image ${image}`, found)
}

const notThere = 404
const isInUse = 409

/** Other checkouts of this machine build their own. */
const keptOthers = 2

/** Of sources that are no longer these, but for the newest; one that a container still has stays. */
const removeOthers = async ({ container }: Engine, image: string): Promise<void> => {
  const { dockerode } = container
  const ours = await dockerode.listImages({ filters: { label: [`${imageLabel}=twin`] } })
  const others = ours
    .filter(({ RepoTags }) => !RepoTags?.includes(image))
    .toSorted((a, b) => b.Created - a.Created)
    .slice(keptOthers)
  await Promise.allSettled(others.map(({ Id }) => dockerode.getImage(Id).remove({ force: false })))
}

/** Removes every image that was built here; resolves to how many, and to how many a container still has. */
export const removeImages = async ({
  container,
}: Engine): Promise<{ readonly removed: number; readonly inUse: number }> => {
  const { dockerode } = container
  const ours = await asked('list its images', dockerode.listImages({ all: true, filters: { label: [imageLabel] } }))
  let inUse = 0
  for (const { Id } of ours) {
    const removal = dockerode.getImage(Id).remove({ force: true })
    await removal.catch((error: unknown) => {
      const { statusCode } = Object(error)
      if (statusCode === isInUse) inUse += 1
      // A layer goes with the image that was built on it.
      else if (statusCode !== notThere) throw error
    })
  }
  return { removed: ours.length - inUse, inUse }
}
