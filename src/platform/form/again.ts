import { newId } from '#platform/ids.ts'
import type { FormState } from './rules.ts'

/** A form shown once more with what was typed and what is wrong, under the id it was shown with, so that it stays one. */
export function again({ typed, problems }: FormState) {
  return { typed, problems, id: [typed['id']].flat().at(-1) ?? newId() }
}
