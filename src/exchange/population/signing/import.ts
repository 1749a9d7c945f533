import type { Actor, Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { takeSignatures } from '#programme/return/import.ts'
import { monthsToSign } from './rules.ts'

type Signing = Readonly<{
  area: string
  name: string
  organisations: readonly Readonly<{ id: string; key: string }>[]
  staff: readonly Readonly<{
    id: string
    account: string
    post: Readonly<{ name: string; role: Role; organisation: string }>
  }>[]
}>
type Days = Readonly<{ begins: Temporal.PlainDate; today: Temporal.PlainDate }>

/** The lead of a made-up area has signed the months that are over; the last one waits. */
export async function takeSigned(db: Db, area: Signing, { begins, today }: Days): Promise<void> {
  const lead = leadOf(area)
  if (lead) await takeSignatures(db, lead, monthsToSign(begins, today))
}

function leadOf({ area, name, organisations, staff }: Signing): Actor | undefined {
  const lead = staff.find(({ post }) => post.role === 'area-lead')
  const organisation = organisations.find(({ key }) => key === lead?.post.organisation)?.id
  if (!lead || organisation === undefined) return undefined
  const named = { name: lead.post.name, areaName: `WorkWell ${name}`, organisationName: '' }
  const member = { account: lead.account, membership: lead.id, role: lead.post.role }
  return { ...named, ...member, area, organisation, organisations: [organisation] }
}
