import { Failure } from '../model/failure.ts'
import { buildImage } from './build-image.ts'
import { type Bundle, bundle } from './bundle.ts'
import type { Engine } from './engine.ts'
import { imageLabel } from './labels.ts'

/**
 * The image of the twin: the one that is named, which must be there, or one built from this machine's files, at once when there is
 * none of the same sources yet. Throws a usage Failure when it cannot be had.
 */
export const provideImage = async (
  engine: Engine,
  named: string | undefined,
  tell: (text: string) => void,
): Promise<string> => {
  if (named !== undefined) return mustBeThere(engine, named)
  const bundled = await bundle()
  const image = imageOf(bundled)
  if (await isThere(engine, image)) return image
  const startedMs = performance.now()
  await buildImage(engine, image, bundled)
  tell(`image     ${image} built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
  await removeOthers(engine, image)
  return image
}

const imageOf = ({ fingerprint }: Bundle): string => `collaudo-twin:${fingerprint}-node${process.versions.node}`

const mustBeThere = async (engine: Engine, image: string): Promise<string> => {
  if (await isThere(engine, image)) return image
  const hint = `docker build --tag ${image} . makes it; without the key image it is built from this machine's files`
  throw new Failure('usage', `expected the image ${image}, got none`, hint)
}

const isThere = async ({ container }: Engine, image: string): Promise<boolean> => {
  try {
    await container.dockerode.getImage(image).inspect()
    return true
  } catch (error) {
    if (Object(error).statusCode === 404) return false
    throw error
  }
}

/** Of sources that are no longer these; one that a container still has stays. */
const removeOthers = async ({ container }: Engine, image: string): Promise<void> => {
  const { dockerode } = container
  const ours = await dockerode.listImages({ filters: { label: [imageLabel] } })
  const others = ours.filter(({ RepoTags }) => !RepoTags?.includes(image))
  await Promise.allSettled(others.map(({ Id }) => dockerode.getImage(Id).remove({ force: false })))
}

/** Removes every image that was built here. */
export const removeImages = async ({ container }: Engine): Promise<number> => {
  const { dockerode } = container
  const ours = await dockerode.listImages({ filters: { label: [imageLabel] } })
  for (const { Id } of ours) await dockerode.getImage(Id).remove({ force: true })
  return ours.length
}
