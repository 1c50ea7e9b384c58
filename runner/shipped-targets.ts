import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { homeFolder } from '../home/home.ts'

const folder = join(homeFolder, 'targets')

/** The names of the targets that come with collaudo. */
export const shippedTargets = (): readonly string[] => readdirSync(folder).map((file) => basename(file, '.yaml'))

export const shippedTargetFile = (name: string): string => join(folder, `${name}.yaml`)
