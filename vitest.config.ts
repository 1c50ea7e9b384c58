import { defineConfig } from 'vitest/config'

const apart = ['tests/k6/**', 'tests/e2e/**', 'tests/servers/**']

/** What starts k6, a system or a server runs one file at a time: two of them would measure each other. */
const serial = { fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    allowOnly: false,
    projects: [
      { test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: apart, testTimeout: 60_000 } },
      { test: { name: 'k6', include: ['tests/k6/**/*.test.ts'], ...serial } },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: 'tests/e2e/setup.ts',
          maxConcurrency: 2,
          ...serial,
        },
      },
      {
        test: {
          name: 'servers',
          include: ['tests/servers/**/*.test.ts'],
          globalSetup: 'tests/servers/setup.ts',
          ...serial,
        },
      },
    ],
  },
})
