import { defineConfig } from 'vitest/config'
import { plantedChecks } from './planting.ts'

// Proofs by the thousand, and faults planted one by one: too long for every run of the tests.
export default defineConfig({
  plugins: [plantedChecks()],
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['prove/**/*.test.ts'],
    globalSetup: ['test/database.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 900_000,
    hookTimeout: 120_000,
  },
})
