import { randomUUIDv7 } from 'node:crypto'
import type pg from 'pg'
import type { Role } from '#platform/access/rules.ts'

/** A member of the small cast that tests are played by. */
export type Member = Readonly<{
  account: string
  membership: string
  area: string
  organisation: string
  organisationName: string
  name: string
  role: Role
}>

export type Cast = Readonly<Record<keyof typeof parts, Member>>

// Two areas, and in the first one two providers: enough for every question of who sees whom.
const parts = {
  coach: ['north', 'lead', 'coach', 'Carol Coach'],
  otherCoach: ['north', 'lead', 'coach', 'Colin Colleague'],
  seniorCoach: ['north', 'lead', 'senior-coach', 'Sara Senior'],
  clinician: ['north', 'lead', 'clinician', 'Clive Clinician'],
  administrator: ['north', 'lead', 'administrator', 'Ada Administrator'],
  manager: ['north', 'lead', 'service-manager', 'Max Manager'],
  systemAdministrator: ['north', 'lead', 'system-administrator', 'Sid System'],
  providerCoach: ['north', 'second', 'coach', 'Pat Provider'],
  providerManager: ['north', 'second', 'service-manager', 'Mo Provider'],
  areaLead: ['north', 'board', 'area-lead', 'Ali Lead'],
  councilLead: ['north', 'board', 'council-lead', 'Cam Council'],
  jobcentrePartner: ['north', 'jobcentre', 'jobcentre-partner', 'Jo Jobcentre'],
  referrer: ['north', 'practice', 'referrer', 'Rae Referrer'],
  serviceLead: ['north', 'advice', 'provider-lead', 'Leila Lockside'],
  serviceWorker: ['north', 'advice', 'provider', 'Wes Lockside'],
  coachElsewhere: ['south', 'lead', 'coach', 'Elle Elsewhere'],
  managerElsewhere: ['south', 'lead', 'service-manager', 'Mina Elsewhere'],
  nationalTeam: ['south', 'board', 'national-team', 'Nat National'],
} as const satisfies Record<string, readonly [area: string, organisation: string, role: Role, name: string]>

const organisations = {
  lead: ['Lead Provider', 'provider', 'processor'],
  second: ['Second Provider', 'provider', 'processor'],
  board: ['Integrated Care Board', 'board', 'controller'],
  jobcentre: ['Jobcentre Plus', 'jobcentre', 'none'],
  practice: ['Park Surgery', 'practice', 'none'],
  advice: ['Lockside Advice', 'voluntary', 'none'],
} as const

/** The areas tests are played in. */
const areas = ['north', 'south'] as const

/** Puts two areas with their organisations and members into a fresh database. */
export async function playCast(owner: pg.Client): Promise<Cast> {
  const ids = new Map<string, string>()
  for (const area of areas) await playArea(owner, area, ids)
  const members: [string, Member][] = []
  for (const [part, [area, organisation, role, name]] of Object.entries(parts)) {
    const held = {
      area,
      organisation: ids.get(`${area} ${organisation}`) ?? '',
      organisationName: `${organisations[organisation][0]} ${area}`,
    }
    const member = { account: randomUUIDv7(), membership: randomUUIDv7(), ...held, name, role }
    members.push([part, member])
    await playMember(owner, member, `${part.toLowerCase()}@${area}.example.org`)
  }
  // Checked: one member for every part.
  return Object.fromEntries(members) as Cast
}

/** Gives somebody an account and a membership of an organisation. */
export async function playMember(owner: pg.Client, member: Member, email: string): Promise<void> {
  const { account, membership, area, organisation, name, role } = member
  await owner.query('insert into identity.account (id, name, email, created_at) values ($1, $2, $3, now())', [
    account,
    name,
    email,
  ])
  await owner.query(
    `insert into organisations.member (area, id, account, name, email, organisation, role, from_on)
     values ($1, $2, $3, $4, $5, $6, $7, '2024-10-01')`,
    [area, membership, account, name, email, organisation, role],
  )
}

async function playArea(owner: pg.Client, area: string, ids: Map<string, string>): Promise<void> {
  await owner.query(
    'insert into areas.area (area, name, phone, email, crisis_text, from_on, synthetic) values ($1, $2, $3, $4, $5, $6, true)',
    [
      area,
      `WorkWell ${area}`,
      '01632 960001',
      `hello@${area}.example.org`,
      'In danger now? Call 999. Samaritans: 116 123.',
      '2024-10-01',
    ],
  )
  for (const [key, [name, kind, dataRole]] of Object.entries(organisations)) {
    const id = randomUUIDv7()
    ids.set(`${area} ${key}`, id)
    await owner.query(
      'insert into organisations.organisation (area, id, name, kind, data_role, from_on) values ($1, $2, $3, $4, $5, $6)',
      [area, id, `${name} ${area}`, kind, dataRole, '2024-10-01'],
    )
  }
  await owner.query('insert into areas.setting (area, name, from_on, value, set_at) values ($1, $2, $3, $4, now())', [
    area,
    'receivingOrganisation',
    '2024-10-01',
    JSON.stringify(ids.get(`${area} lead`)),
  ])
}
