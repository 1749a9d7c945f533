import { defineConfig } from 'vitest/config'

export default defineConfig({
  // axe goes as text into every page of the tour: without its comments there is less than half to read.
  resolve: { alias: { 'axe-core': 'axe-core/axe.min.js' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/database.ts'],
    pool: 'forks',
    // Each worker has a product and a database under load; more than two only take turns on a laptop.
    maxWorkers: 2,
    // The files of one worker share the product's code, which is then read once and soon runs fast; each file has its own
    // product, database and clock, and none sets anything in the environment.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
