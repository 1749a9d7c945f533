/** Files that a program writes: they are as long as the database is wide. */
export const generatedFiles: readonly string[] = ['src/platform/database/types.ts']

/** Schemas that no slice of ours made, and the only folder that may touch each (none: everybody reads, nobody writes). */
export const borrowedSchemas: Readonly<Record<string, string | undefined>> = {
  graphile_worker: 'platform/jobs',
  pg_catalog: undefined,
  information_schema: undefined,
}
