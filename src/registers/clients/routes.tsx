import type { Db } from '#platform/database/transaction.ts'
import { choices, id, text, version, wholeNumber } from '#platform/form/fields.ts'
import { blank, type FormState, type Problem } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { readPublicKey } from '#platform/machine/public-key.ts'
import type { PublicKey } from '#platform/machine/rules.ts'
import { listOrganisations } from '#registers/organisations/store.ts'
import { ChangeClient, NewClient } from './pages/form.tsx'
import { Clients, type Unsent } from './pages/list.tsx'
import { OneClient } from './pages/one.tsx'
import { apiPath, clientName, fhirPath, isContact, mostKeys, scopes, tokenPath } from './rules.ts'
import {
  addClient,
  addKey,
  changeClient,
  endClient,
  endKey,
  findClient,
  holdClient,
  listClients,
  listKeys,
} from './store.ts'

const keepers = { who: ['administrator', 'service-manager', 'system-administrator', 'area-lead'] } as const

const keyField = text('Paste the public key', 20_000)
const changing = {
  name: text('Enter the name of the system'),
  contact: text('Enter an email address').refine(isContact, 'Enter an email address like name@example.org'),
  scopes: choices(scopes).refine((chosen) => chosen.length > 0, 'Tick what it may do'),
  perMinute: wholeNumber(1, 100_000),
}
const fields = {
  id: id('Open this page again from Other systems'),
  organisation: id('Select for which organisation it comes in'),
  ...changing,
  key: keyField,
}

/** How many replies to other systems could not be sent, and how often one could not be told: later stages know. */
type CountUnsent = (db: Db, area: string) => Promise<Unsent>

/** Which other systems may come in by themselves: registered, given a new key, ended at once. */
export const clientRoutes =
  (countUnsent: CountUnsent) =>
  async (app: App): Promise<void> => {
    app.get('/area/clients', keepers, async ({ db, area, now }, reply) =>
      reply.page(<Clients clients={await listClients(db, area)} unsent={await countUnsent(db, area)} now={now} />),
    )
    pagesOfEach(app)
  }

function pagesOfEach(app: App): void {
  app.get('/area/clients/new', keepers, async ({ db, area, today }, reply) =>
    reply.page(<NewClient id={newId()} organisations={await organisationsOf(db, area, today)} {...blank} />),
  )
  registering(app)
  keeping(app)
  changingIt(app)
  ending(app)
}

function registering(app: App): void {
  app.post('/area/clients/new', { ...keepers, form: fields }, async (request, reply) => {
    const { db, area, today, form, actor, now } = request
    const organisations = await organisationsOf(db, area, today)
    const again = (state: FormState) =>
      reply.code(422).page(<NewClient id={newId()} organisations={organisations} {...state} />)
    if (!form.ok) return again(form)
    const { key: pasted, ...said } = form.value
    const key = readPublicKey(pasted)
    const problem = keyProblem(key) ?? unknownOrganisation(organisations, said.organisation)
    if ('problem' in key || problem) return again({ typed: form.typed, problems: problem ? [problem] : [] })
    if (await addClient(db, { area, ...said, by: actor.membership, at: now })) {
      await addKey(db, { area, client: said.id, key, by: actor.membership, at: now })
      await request.act('client.registered', { subject: said.id, codes: { organisation: said.organisation } })
    } else await request.act('client.registered-before', { subject: said.id })
    request.flash('Registered. Give whoever looks after the system its client id.')
    return reply.redirect(`/area/clients/${said.id}`)
  })
}

function keeping(app: App): void {
  app.get('/area/clients/:client', keepers, async (request, reply) =>
    reply.page(<OneClient {...await shown(app, request)} {...blank} />),
  )
  app.post('/area/clients/:client/key', { ...keepers, form: { key: keyField } }, async (request, reply) => {
    const { db, area, form, actor, now } = request
    const page = await shown(app, request)
    const { client } = page
    if (client.endedAt) throw new NotFound()
    const again = (state: FormState) => reply.code(422).page(<OneClient {...page} {...state} />)
    if (!form.ok) return again(form)
    await holdClient(db, area, client.id)
    const key = readPublicKey(form.value.key)
    const problem = keyProblem(key) ?? tooMany(await listKeys(db, area, client.id), key)
    if ('problem' in key || problem) return again({ typed: form.typed, problems: problem ? [problem] : [] })
    await addKey(db, { area, client: client.id, key, by: actor.membership, at: now })
    await request.act('client.key-added', { subject: client.id })
    request.flash('Added. The system can sign with it from now on.')
    return reply.redirect(`/area/clients/${client.id}`)
  })
}

function changingIt(app: App): void {
  app.get('/area/clients/:client/change', keepers, async (request, reply) => {
    const { client } = await shown(app, request)
    if (client.endedAt) throw new NotFound()
    return reply.page(<ChangeClient client={client} {...blank} />)
  })
  app.post(
    '/area/clients/:client/change',
    { ...keepers, form: { ...changing, version: version() } },
    async (request, reply) => {
      const { db, area, form } = request
      const { client } = await shown(app, request)
      if (client.endedAt) throw new NotFound()
      if (!form.ok) return reply.code(422).page(<ChangeClient client={client} {...form} />)
      if (!(await changeClient(db, { area, client: client.id, ...form.value }))) {
        const { client: now } = await shown(app, request)
        return reply.code(409).page(<ChangeClient client={now} {...form} />)
      }
      await request.act('client.changed', { subject: client.id })
      request.flash('Saved. It counts from now on.')
      return reply.redirect(`/area/clients/${client.id}`)
    },
  )
}

function ending(app: App): void {
  app.post(
    '/area/clients/:client/key-ending',
    { ...keepers, form: { kid: text('Choose a key') } },
    async (request, reply) => {
      const { db, area, form, actor, now } = request
      const { client } = await shown(app, request)
      if (!form.ok) throw new NotFound()
      const ended = await endKey(db, { area, client: client.id, kid: form.value.kid, by: actor.membership, at: now })
      await request.act(ended ? 'client.key-ended' : 'client.key-ended-before', { subject: client.id })
      request.flash('Ended. Nothing that is signed with this key is taken any more.')
      return reply.redirect(`/area/clients/${client.id}`)
    },
  )
  app.post('/area/clients/:client/ending', keepers, async (request, reply) => {
    const { db, area, actor, now } = request
    const { client } = await shown(app, request)
    const ended = await endClient(db, { area, client: client.id, by: actor.membership, at: now })
    await request.act(ended ? 'client.ended' : 'client.ended-before', { subject: client.id })
    request.flash('Ended. The system gets no answer any more.')
    return reply.redirect('/area/clients')
  })
}

type Asking = Readonly<{ db: Db; area: string; now: Temporal.Instant; params: Readonly<{ client: string }> }>

async function shown({ settings }: App, { db, area, now, params }: Asking) {
  const client = /^[0-9a-f-]{36}$/.test(params.client) ? await findClient(db, area, params.client) : undefined
  if (!client) throw new NotFound()
  const keys = await listKeys(db, area, client.id)
  const { origin } = settings
  const referrals = { fhirAddress: `${origin}${fhirPath}`, apiAddress: `${origin}${apiPath}/referrals` }
  const addresses = { tokenAddress: `${origin}${tokenPath}`, ...referrals }
  return { client, keys, called: clientName(area, client.id), ...addresses, now }
}

async function organisationsOf(db: Db, area: string, today: Temporal.PlainDate) {
  const found = await listOrganisations(db, area, today)
  return Object.fromEntries(found.map(({ id: key, name }) => [key, { label: name }]))
}

const keyProblem = (read: ReturnType<typeof readPublicKey>): Problem | undefined =>
  'problem' in read ? { field: 'key', message: read.problem } : undefined

const unknownOrganisation = (known: Readonly<Record<string, unknown>>, chosen: string): Problem | undefined =>
  Object.hasOwn(known, chosen) ? undefined : { field: 'organisation', message: 'Select from the list' }

type Held = readonly Readonly<{ kid: string; endedAt: Temporal.Instant | null }>[]

function tooMany(held: Held, read: PublicKey | Readonly<{ problem: string }>): Problem | undefined {
  const known = 'kid' in read ? held.find(({ kid }) => kid === read.kid) : undefined
  if (known?.endedAt)
    return { field: 'key', message: 'This key has ended, and nobody can use it again: paste a new one' }
  if (known) return undefined
  const most = held.filter(({ endedAt }) => !endedAt).length >= mostKeys
  return most ? { field: 'key', message: `A system has ${mostKeys} keys at most: end one first` } : undefined
}
