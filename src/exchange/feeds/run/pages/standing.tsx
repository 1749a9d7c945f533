import { inWords } from '#platform/dates.ts'
import { Tag, WarningCallout } from '#platform/html/content.tsx'
import { type Feed, paces, troubleInWords } from '#exchange/feeds/feed/rules.ts'
import { endings, type Run } from '#exchange/feeds/run/rules.ts'

export type Now = Readonly<{ now: Temporal.Instant }>

/** How often a feed is read, or that it is not. */
export const Paced = ({ feed }: Readonly<{ feed: Feed }>) => {
  if (feed.removedAt) return <Tag colour="grey">Taken off</Tag>
  return feed.pausedAt ? <Tag colour="yellow">Paused</Tag> : paces[feed.every].label
}

/** How a reading stands, and since when. */
export const Ended = ({ run, now }: Now & Readonly<{ run: Run }>) => {
  if (run.ending === null || run.endedAt === null)
    return (
      <>
        <Tag colour={run.trouble ? 'yellow' : 'blue'}>{run.trouble ? 'Is tried again' : 'Is read now'}</Tag> since{' '}
        {inWords(run.beganAt, now)}
      </>
    )
  const { label, tone } = endings[run.ending]
  return (
    <>
      <Tag colour={tone}>{label}</Tag> {inWords(run.endedAt, now)}
    </>
  )
}

/** What somebody has to look at before the feed can be relied on. */
export const Alert = ({ feed, last, now }: Now & Readonly<{ feed: Feed; last: Run | undefined }>) => {
  if (!last || feed.removedAt || last.ending === 'done' || last.ending === 'called-off') return null
  if (last.ending === null && last.trouble === null) return null
  const { ending, trouble, shown, nextTry } = last
  return (
    <WarningCallout heading={ending === null ? 'It could not be read to its end yet' : endings[ending].label}>
      <p>
        {trouble === null
          ? 'Nothing was removed, and nothing was marked as missing.'
          : `${troubleInWords(trouble, shown)}.`}{' '}
        {nextTry && ending === null ? `It is tried again ${inWords(nextTry, now)}, from page ${last.page} on.` : ''}
      </p>
      <p>
        <a href={`/services/feeds/${feed.id}/runs/${last.id}`}>Look at this reading</a>
      </p>
    </WarningCallout>
  )
}
