import type { Db } from '#platform/database/transaction.ts'
import { optionalWholeNumber } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { deciders } from '#registers/proposing/rules.ts'
import { countOfSource, listMissing } from '#registers/source/store.ts'
import { countWaitingFor } from '#journey/service-gone/store.ts'
import type { Feed } from '#exchange/feeds/feed/rules.ts'
import { findFeed, listFeeds } from '#exchange/feeds/feed/store.ts'
import { writtenLine } from '#exchange/files/reading/import.ts'
import { countPairs } from '#exchange/feeds/twins/store.ts'
import { acceptShrinking, beginRun } from './import.ts'
import { OneFeed } from './pages/feed.tsx'
import { Feeds } from './pages/feeds.tsx'
import { Missing } from './pages/missing.tsx'
import { OneRun } from './pages/run.tsx'
import { mostRowsKept, type Run } from './rules.ts'
import { findRun, listLastRuns, listRows, listRuns } from './store.ts'

const who = deciders
const perPage = 50
const query = { page: optionalWholeNumber(1, 10_000) }

/** The feeds of an area with what came of reading them. */
export async function runRoutes(app: App): Promise<void> {
  app.get('/services/feeds', { who }, async ({ db, area, now }, reply) => {
    const [feeds, last, pairs] = await Promise.all([listFeeds(db, area), listLastRuns(db, area), countPairs(db, area)])
    const listed = feeds.map(async (feed) => ({
      ...{ feed, last: last.get(feed.id) },
      ...(await countOfSource(db, area, feed.id)),
    }))
    return reply.page(<Feeds feeds={await Promise.all(listed)} {...{ now, pairs }} />)
  })
  app.get('/services/feeds/:feed', { who }, async ({ db, area, now, params }, reply) => {
    const feed = await feedAsked(db, area, params.feed)
    const [runs, counted] = await Promise.all([listRuns(db, area, feed.id, 30), countOfSource(db, area, feed.id)])
    return reply.page(<OneFeed {...{ feed, runs, now }} {...counted} />)
  })
  app.post('/services/feeds/:feed/runs', { who }, async (request, reply) => {
    const { db, area, actor, now, params } = request
    const feed = await feedAsked(db, area, params.feed)
    if (feed.pausedAt || feed.removedAt) throw new NotFound()
    await beginRun(db, { area, feed: feed.id, by: actor.membership, now })
    await request.act('feed.asked-for', { subject: feed.id })
    request.flash('It is read now. What came of it stands below as it goes on.')
    return reply.redirect(`/services/feeds/${feed.id}`)
  })
  app.get(
    '/services/feeds/:feed/missing',
    { who, query },
    async ({ db, area, now, today, params, query: asked }, reply) => {
      const feed = await feedAsked(db, area, params.feed)
      const page = asked.page ?? 1
      const of = { area, source: feed.id, skip: (page - 1) * perPage, most: perPage }
      const [rows, { missing }] = await Promise.all([listMissing(db, of), countOfSource(db, area, feed.id)])
      const waiting = await countWaitingFor(
        db,
        area,
        rows.map(({ id }) => id),
      )
      return reply.page(<Missing {...{ feed, rows, waiting, page, perPage, now, today }} number={missing} />)
    },
  )
  readingRoutes(app)
}

function readingRoutes(app: App): void {
  const path = '/services/feeds/:feed/runs/:reading'
  app.get(path, { who, query }, async ({ db, area, now, params, query: asked }, reply) => {
    const { feed, run } = await runAsked(db, area, params)
    const page = asked.page ?? 1
    const [rows, names] = await Promise.all([
      listRows(db, { area, id: run.id }, (page - 1) * perPage, perPage),
      listMemberNames(db, area),
    ])
    const byName = run.by === null ? null : (names.get(run.by) ?? 'Somebody who has left')
    return reply.page(<OneRun {...{ feed, run, rows, page, perPage, now, byName }} />)
  })
  app.get(`${path}/rows.csv`, { who }, async (request, reply) => {
    const { db, area, params } = request
    const { run } = await runAsked(db, area, params)
    const rows = await listRows(db, { area, id: run.id }, 0, mostRowsKept * 2)
    const lines = rows.map(({ number, page, outerId, name, taken, reason }) =>
      writtenLine([name ?? '', taken ? 'Taken in part' : 'Not taken', reason, outerId ?? '', `${page}`, `${number}`]),
    )
    const headings = writtenLine(['Service', 'What was done', 'Why', 'Id in the feed', 'Page', 'Row'])
    return reply.file('rows-of-the-feed.csv', `\uFEFF${headings}${lines.join('')}`, 'text/csv; charset=utf-8')
  })
  app.post(`${path}/acceptance`, { who }, async (request, reply) => {
    const { db, area, now, params } = request
    const { feed, run } = await runAsked(db, area, params)
    const missing = await acceptShrinking(db, { area, run, feed, now })
    await request.act('feed.shrinking-accepted', { subject: feed.id, codes: { run: run.id, missing: missing ?? -1 } })
    request.flash(
      missing === undefined ? 'It was read again since. Look at the newest reading.' : markedInWords(missing),
    )
    return reply.redirect(`/services/feeds/${feed.id}`)
  })
}

const markedInWords = (missing: number) =>
  `${missing === 1 ? '1 service is' : `${missing} services are`} marked as not there any more. Each stands as it did.`

async function feedAsked(db: Db, area: string, asked: string): Promise<Feed> {
  const feed = await findFeed(db, area, asked)
  if (!feed) throw new NotFound()
  return feed
}

type Asked = Readonly<{ feed: string; reading: string }>

async function runAsked(db: Db, area: string, asked: Asked): Promise<Readonly<{ feed: Feed; run: Run }>> {
  const [feed, run] = await Promise.all([feedAsked(db, area, asked.feed), findRun(db, area, asked.reading)])
  if (run?.feed !== feed.id) throw new NotFound()
  return { feed, run }
}
