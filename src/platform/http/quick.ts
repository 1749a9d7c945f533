import { shownAtField, type Typed } from '#platform/form/rules.ts'
import type { Settings } from '#platform/settings.ts'
import { momentIn } from './csrf.ts'

type Sent = Readonly<{ settings: Pick<Settings, 'secret' | 'formSeconds'>; owner: string; now: Temporal.Instant }>

/**
 * Whether a form of the public came faster than a person fills it in, or from no page of ours. It is no refusal: whoever
 * types quickly, or has a browser that does, loses nothing, and a person looks at it first.
 */
export function isTooQuick({ settings, owner, now }: Sent, typed: Typed): boolean {
  if (settings.formSeconds === 0) return false
  const shown = momentIn(settings.secret, owner, [typed[shownAtField]].flat()[0])
  return shown === undefined || now.since(shown).total('seconds') < settings.formSeconds
}
