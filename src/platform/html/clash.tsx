import type { ReactNode } from 'react'
import type { Typed } from '#platform/form/rules.ts'
import { WarningCallout } from './content.tsx'
import { versionField } from './shell.tsx'

/** What a form changes: the version it has now, and what is saved in it for a reader who typed on an earlier one. */
export type Edited = Readonly<{ version: string | number; now: ReactNode }>

/** Whether somebody else saved since the reader was shown what they typed on. */
export function isChangedMeanwhile(typed: Typed, version: string | number): boolean {
  const seen = [typed[versionField]].flat().at(-1)
  return seen !== undefined && seen !== `${version}`
}

type ChangedMeanwhileProps = Readonly<{ children: ReactNode }>

/** Somebody else saved first: what is there now stands before the form, which keeps all that was typed. */
export const ChangedMeanwhile = ({ children }: ChangedMeanwhileProps) => (
  <div tabIndex={-1} data-focus>
    <WarningCallout heading="Somebody changed this while you were writing">
      <p>What you entered is still in the form. Compare it with what is saved now, then save again.</p>
      {children}
    </WarningCallout>
  </div>
)
