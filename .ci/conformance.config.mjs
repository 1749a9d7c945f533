import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The shared cases, run as the project's own tests are; they are not among them, since they need files beside the project. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['.ci/shared-cases/*.test.mjs'],
    globalSetup: ['test/database.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
