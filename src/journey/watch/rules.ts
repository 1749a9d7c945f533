/** As what somebody is told, one after another: the order is that in which they are told. */
export const toldAs = {
  cover: { label: 'Whoever reads what people answer by themselves' },
  owner: { label: 'Duty lead' },
  deputy: { label: 'Deputy' },
  manager: { label: 'Service manager' },
  senior: { label: 'Senior coach' },
} as const

export type ToldAs = keyof typeof toldAs

// Checked: the list above has no other codes.
const order = Object.keys(toldAs) as readonly ToldAs[]

/** Those who are told together. */
export type Step = Readonly<{ as: ToldAs; members: readonly string[] }>

/** Who can be told, one step after another: nobody stands in two steps, and no step is empty. */
export type Watch = readonly Step[]

type Named = Readonly<{
  cover: string | null
  lead: string | null
  deputy: string | null
  seniors: readonly string[]
  managers: readonly string[]
}>

/**
 * Who can be told: the duty lead, the deputy, whoever runs the service. A role that nobody holds is no step, so that
 * nobody waits for it.
 *
 * The role of a senior coach is called “Senior coach (duty lead)”, and the pages say so: on a day for which nobody is
 * named, or on which whoever is named cannot be told, every senior coach counts as duty lead. Where there is no manager
 * besides those told before, the senior coaches stand last, so that one person is not the only one who hears of it.
 *
 * Whoever reads what people answer by themselves stands in place of the duty lead, who steps in where there is no deputy.
 */
export function watchOf({ cover, lead, deputy, seniors, managers }: Named): Watch {
  const owner: Step = { as: 'owner', members: lead === null ? seniors : [lead] }
  const stepsIn: Step = { as: 'deputy', members: deputy === null || deputy === cover ? [] : [deputy] }
  const instead = stepsIn.members.length > 0 ? stepsIn : owner
  const first: Watch = cover === null ? [owner, stepsIn] : [{ as: 'cover', members: [cover] }, instead]
  const watch = eachOnce([...first, { as: 'manager', members: managers }])
  return watch.at(-1)?.as === 'manager' ? watch : eachOnce([...watch, { as: 'senior', members: seniors }])
}

/** Everybody at the first place at which they stand. */
function eachOnce(steps: Watch): Watch {
  const seen = new Set<string>()
  return steps.flatMap(({ as, members }) => {
    const others = members.filter((member) => !seen.has(member))
    for (const member of others) seen.add(member)
    return others.length > 0 ? [{ as, members: others }] : []
  })
}

/** Where an alert stands: as what somebody was told last and who, and whether somebody has said since that they have it. */
export type Standing = Readonly<{ told: ToldAs | null; last: readonly string[]; heard: boolean }>

/** Who is told next, and whether they alone can be told although they were told before. */
export type Next = Step & Readonly<{ alone: boolean }>

/**
 * Who is told next. Until somebody has it the next step is told, always of other people than those told last, and after
 * the last step the first again; where nobody else is there the same are. Where it was not looked at again in time, it
 * begins anew with whoever is first.
 */
export function nextToTell({ told, last, heard }: Standing, watch: Watch): Next | undefined {
  const anew = told === null || heard
  const from = anew ? 0 : order.indexOf(told) + 1
  const [later, earlier] = [watch.filter(({ as }) => place(as) >= from), watch.filter(({ as }) => place(as) < from)]
  const round = [...later, ...earlier]
  const others = round
    .map(({ as, members }) => ({ as, members: members.filter((member) => anew || !last.includes(member)) }))
    .find(({ members }) => members.length > 0)
  if (others) return { ...others, alone: false }
  return round[0] && { ...round[0], alone: true }
}

const place = (as: ToldAs) => order.indexOf(as)
