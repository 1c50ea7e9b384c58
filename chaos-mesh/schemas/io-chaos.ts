import { z } from 'zod'
import { containerName } from './name.ts'
import { delay, duration } from './quantity.ts'
import { targets, withValueOfMode } from './selector.ts'

/** Lower case, as the API takes them. */
const methodNames = [
  ...(['lookup', 'forget', 'getattr', 'setattr', 'readlink', 'mknod', 'mkdir', 'unlink', 'rmdir', 'symlink'] as const),
  ...(['rename', 'link', 'open', 'read', 'write', 'flush', 'release', 'fsync', 'opendir', 'readdir'] as const),
  ...(['releasedir', 'fsyncdir', 'statfs', 'setxattr', 'getxattr', 'listxattr', 'removexattr', 'access'] as const),
  ...(['create', 'getlk', 'setlk', 'bmap'] as const),
] as const
const methods = z.enum(methodNames)

/** An operation on files. */
export type IOMethod = z.infer<typeof methods>

const shape = {
  ...targets,
  containerNames: z.array(containerName).min(1, 'expected at least one container').optional(),
  volumePath: z
    .string('expected the path where the volume is mounted')
    .regex(/^\//, 'expected the absolute path where the volume is mounted'),
  path: z.string().min(1, 'expected a pattern of paths').optional(),
  methods: z.array(methods).min(1, 'expected at least one method').optional(),
  // Chaos Mesh takes 0 for absent, and absent for 100.
  percent: z.int('expected whole percent').min(1, 'expected 1 to 100').max(100, 'expected 1 to 100').optional(),
  duration: duration.optional(),
}

const natural = z.int('expected a whole number').min(0, 'expected at least 0')
const time = z.strictObject({ sec: z.int(), nsec: natural })

const attributes = z
  .strictObject(
    {
      ino: natural.optional(),
      size: natural.optional(),
      blocks: natural.optional(),
      atime: time.optional(),
      mtime: time.optional(),
      ctime: time.optional(),
      kind: z
        .enum(['namedPipe', 'charDevice', 'blockDevice', 'directory', 'regularFile', 'symlink', 'socket'])
        .optional(),
      perm: natural.max(0o7777, 'expected at most 4095 (octal 7777)').optional(),
      nlink: natural.optional(),
      uid: natural.optional(),
      gid: natural.optional(),
      rdev: natural.optional(),
    },
    'expected a block attr',
  )
  .refine((attr) => Object.keys(attr).length > 0, 'expected at least one attribute')

const mistake = z.strictObject(
  {
    filling: z.enum(['zero', 'random']),
    maxOccurrences: z.int('expected a whole number').min(1, 'expected at least 1'),
    maxLength: z.int('expected a number of bytes').min(1, 'expected at least 1 byte'),
  },
  'expected a block mistake',
)

export const ioChaosByAction = {
  latency: withValueOfMode(z.strictObject({ action: z.literal('latency'), ...shape, delay })),
  fault: withValueOfMode(
    z.strictObject({
      action: z.literal('fault'),
      ...shape,
      errno: z.int('expected an error number').min(1, 'expected 1 to 133').max(133, 'expected 1 to 133'),
    }),
  ),
  attrOverride: withValueOfMode(z.strictObject({ action: z.literal('attrOverride'), ...shape, attr: attributes })),
  mistake: withValueOfMode(z.strictObject({ action: z.literal('mistake'), ...shape, mistake })),
}

export type IOChaosSpec = z.infer<(typeof ioChaosByAction)[keyof typeof ioChaosByAction]>
