import type { BarrierCode } from '#journey/assessment/rules.ts'

/** What may be done about each barrier, in the words of the area's library. */
export type MayHelp = ReadonlyMap<BarrierCode, readonly string[]>

/** What may be done about a barrier, to talk about while it is marked; it is chosen in the draft plan at the end. */
export const WhatMayHelp = ({ suggestions }: { suggestions: readonly string[] }) =>
  suggestions.length === 0 ? null : (
    <div>
      <p className="nhsuk-hint nhsuk-u-margin-bottom-1">What may help (you choose in the draft plan at the end):</p>
      <ul className="ww-chips">
        {suggestions.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  )
