import type { Actor } from '#platform/access/rules.ts'

/** Who agrees that an organisation's people may be seen by another, and ends it. */
export const agreeing = ['service-manager', 'area-lead', 'system-administrator'] as const

type Agreeing = Pick<Actor, 'role' | 'organisation'>
type Between = Readonly<{ holder: string; partner: string }>

/** Whether this member agrees for every organisation of the area, and not only for their own. */
export function agreesForAll({ role }: Agreeing): boolean {
  return role === 'area-lead' || role === 'system-administrator'
}

/** Whether this member may let others see the people that an organisation holds. Whoever wants to see them never may. */
function mayAgree(actor: Agreeing, holder: string): boolean {
  return agreesForAll(actor) || (actor.role === 'service-manager' && actor.organisation === holder)
}

/** Whether this member may end an arrangement: either side may, since it needs both. */
export function mayEnd(actor: Agreeing, { holder, partner }: Between): boolean {
  return mayAgree(actor, holder) || mayAgree(actor, partner)
}

/** What stands against an arrangement between two organisations; undefined where nothing does. */
export function betweenProblem(
  actor: Agreeing,
  { holder, partner }: Between,
  organisations: Readonly<Record<string, unknown>>,
) {
  const problem = (message: string) => ({ field: 'partner', message })
  if (holder === partner) return problem('Select another organisation than the one whose people they are')
  if (!(holder in organisations && partner in organisations)) return problem('Select who may see them')
  return mayAgree(actor, holder)
    ? undefined
    : problem('Their own service manager or the area lead has to agree to this: ask them to add it')
}
