import { SharedArray } from 'k6/data'
import { open as openBytes } from 'k6/experimental/fs'
import { plan } from './settings.ts'

/** One text that all actors share. */
const shared = (file: string) => new SharedArray<string>(file, () => [open(`./${file}`)])

/** Files beside the script, opened before the run, when alone they can be; there are none where the plan has no images. */
export const imageFiles = plan.imageSize
  ? {
      templates: shared('images.json'),
      archive: shared('archive.json'),
      /** Of all templates, one after the other. */
      bytes: openBytes('./images.bin'),
    }
  : undefined
