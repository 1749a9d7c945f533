import type { Db } from '#platform/database/transaction.ts'
import { choice, id, text, version, wholeNumber } from '#platform/form/fields.ts'
import { blank, type Typed } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { addJob } from '#platform/jobs/jobs.ts'
import { deciders } from '#registers/proposing/rules.ts'
import { findOut } from './import.ts'
import { AddFeed, ChangeFeed } from './pages.tsx'
import { type Feed, feedAddress, paces, troubleInWords } from './rules.ts'
import { changeFeed, findFeed, findFeedAt, saveFeed, saveFeedStanding } from './store.ts'

const who = deciders
const reading = {
  every: choice(paces, 'Select how often it is read'),
  answers: text('Say who answers for it', 500),
  licence: text('Say under which licence it is published'),
  leastShare: wholeNumber(0, 100, 'Enter a whole number from 0 to 100'),
}

/** Which feeds an area reads, and how: adding one, changing it, pausing it and taking it off. */
export async function feedRoutes(app: App): Promise<void> {
  const draft = { who, draft: 'feed-new' } as const
  app.get('/services/feeds/new', draft, async ({ form }, reply) =>
    reply.page(<AddFeed {...form} id={idIn(form.typed)} />),
  )
  const adding = { ...reading, id: id(), address: text('Enter the address of the feed', 2000) }
  // Each one asks an address outside: no more often than somebody types them.
  const rule = { ...draft, form: adding, limit: { most: 20, minutes: 1 } } as const
  app.post('/services/feeds/new', rule, async (request, reply) => {
    const { db, area, actor, now, form } = request
    const again = (message: string) => {
      const problems = [{ field: 'address', message }]
      return reply.code(422).page(<AddFeed problems={problems} typed={form.typed} id={idIn(form.typed)} />)
    }
    if (!form.ok) return reply.code(422).page(<AddFeed {...form} id={idIn(form.typed)} />)
    const { address: typed, ...said } = form.value
    const address = feedAddress(typed)
    if (address === undefined) return again('Enter a web address that begins with https://')
    const known = await findFeedAt(db, area, address)
    if (known) return known.id === said.id ? reply.redirect(`/services/feeds/${said.id}`) : again(readAlready(known))
    const found = await findOut(address, app.settings)
    if ('trouble' in found) return again(`${troubleInWords(found.trouble, found.shown)}. Check the address`)
    const { name, speaks } = found
    const kept = await saveFeed(db, { ...said, area, address, name, speaks, by: actor.membership, at: now })
    if (kept) await addJob(db, 'feeds.begin', { area, feed: said.id, by: actor.membership })
    await request.act('feed.added', { subject: said.id, codes: { speaks, kept } })
    request.flash(`${name} was added. It speaks Open Referral UK ${speaks}, and is read now.`)
    return reply.redirect(`/services/feeds/${said.id}`)
  })
  changeRoutes(app)
  standingRoutes(app)
}

const readAlready = ({ name }: Feed) => `${name} is read at this address already`

function changeRoutes(app: App): void {
  const path = '/services/feeds/:feed/change'
  app.get(path, { who }, async ({ db, area, params }, reply) =>
    reply.page(<ChangeFeed {...blank} feed={await feedAsked(db, area, params.feed)} />),
  )
  const form = { ...reading, name: text('Enter a name', 120), version: version() }
  app.post(path, { who, form }, async (request, reply) => {
    const { db, area, form, params } = request
    const feed = await feedAsked(db, area, params.feed)
    if (!form.ok) return reply.code(422).page(<ChangeFeed {...form} feed={feed} />)
    if (form.value.version !== feed.version || !(await changeFeed(db, area, { ...form.value, id: feed.id })))
      return reply.code(409).page(<ChangeFeed feed={feed} typed={form.typed} problems={[]} />)
    await request.act('feed.changed', { subject: feed.id, codes: { version: feed.version + 1 } })
    request.flash('Saved.')
    return reply.redirect(`/services/feeds/${feed.id}`)
  })
}

const standings = {
  pause: { says: 'Paused. Nothing is read until it goes on; what it brought stays.', pausedAt: true, removedAt: false },
  continuation: { says: 'It is read again from now on.', pausedAt: false, removedAt: false },
  removal: {
    says: 'Taken off. It is read no more; the services it brought stay as they are.',
    ...{ pausedAt: false, removedAt: true },
  },
} as const

function standingRoutes(app: App): void {
  for (const [name, { says, ...standing }] of Object.entries(standings)) {
    app.post(`/services/feeds/:feed/${name}`, { who }, async (request, reply) => {
      const { db, area, now, params } = request
      // Checked: the address above has a feed in it, which the type of a joined text does not tell.
      const feed = await feedAsked(db, area, (params as Readonly<{ feed: string }>).feed)
      const other = name === 'continuation' ? await findFeedAt(db, area, feed.address) : undefined
      const isTaken = other !== undefined && other.id !== feed.id
      const since = (is: boolean) => (is ? now : null)
      if (!isTaken)
        await saveFeedStanding(db, area, feed.id, {
          pausedAt: since(standing.pausedAt),
          removedAt: since(standing.removedAt),
        })
      await request.act(`feed.${name}`, { subject: feed.id, codes: { done: !isTaken } })
      request.flash(isTaken ? `${readAlready(other)}. Take that feed off first.` : says)
      return reply.redirect(`/services/feeds/${feed.id}`)
    })
  }
}

async function feedAsked(db: Db, area: string, asked: string): Promise<Feed> {
  const feed = await findFeed(db, area, asked)
  if (!feed) throw new NotFound()
  return feed
}

function idIn(typed: Typed): string {
  return typeof typed['id'] === 'string' ? typed['id'] : newId()
}
