import {
  type AdjustmentKind,
  adjustmentKinds,
  type Asker,
  askers,
  type Outcome as AdjustmentOutcome,
  outcomes as adjustmentOutcomes,
} from '#journey/support/adjustments/rules.ts'
import { type HelpKind, helpKinds, type HelpResult, helpResults } from '#journey/support/job-search/rules.ts'
import { type Happening, within } from '#journey/timeline/rules.ts'

type Told = Readonly<{ id: string; episode: string; at: Temporal.Instant; by: string | null }>

const base = ({ id, at, by }: Told) => ({ id, at, by })

type AskedFor = Told & Readonly<{ kind: AdjustmentKind; what: string; askedBy: Asker; takenBack: boolean }>

/** That an adjustment at work was asked for. */
export function adjustmentTold(adjustment: AskedFor): Happening {
  const { episode, kind, what, askedBy, takenBack } = adjustment
  return {
    ...base(adjustment),
    ...{ kind: 'adjustment', dayOnly: true },
    what: `Adjustment asked for: ${what}`,
    text: [adjustmentKinds[kind].label, `Asked for by ${within(askers[askedBy].label)}`],
    mark: takenBack ? 'Taken back' : undefined,
    href: `/episodes/${episode}/adjustments`,
  }
}

type CameOfIt = Told &
  Readonly<{ what: string; standing: AdjustmentOutcome; who: string | null; reason: string | null; takenBack: boolean }>

/** What came of an adjustment. */
export function adjustmentStepTold(step: CameOfIt): Happening {
  const { episode, what, standing, who, reason, takenBack } = step
  return {
    ...base(step),
    ...{ kind: 'adjustment', dayOnly: true },
    what: `Adjustment ${within(adjustmentOutcomes[standing].label)}: ${what}`,
    text: [who && `Said by ${who}`, reason],
    mark: takenBack ? 'Taken back' : undefined,
    href: `/episodes/${episode}/adjustments`,
  }
}

type Helped = Told &
  Readonly<{ kind: HelpKind; result: HelpResult; what: string; note: string | null; takenBack: boolean }>

/** What came of a CV, an application or an interview. */
export function helpTold(step: Helped): Happening {
  const { episode, kind, result, what, note, takenBack } = step
  return {
    ...base(step),
    ...{ kind: 'job-search', dayOnly: true },
    what: `${helpKinds[kind].label}, ${within(helpResults[result].label)}: ${what}`,
    text: [note],
    mark: takenBack ? 'Taken back' : undefined,
    href: `/episodes/${episode}/job-search`,
  }
}
