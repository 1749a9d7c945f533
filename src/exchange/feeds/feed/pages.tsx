import type { FormState } from '#platform/form/rules.ts'
import { Button } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Inset } from '#platform/html/content.tsx'
import { TextArea, TextField } from '#platform/html/fields.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage } from '#platform/html/page.tsx'
import { type Feed, paces } from './rules.ts'

/** Adds the open directory of somebody else by its address. */
export const AddFeed = ({ id, problems, typed }: FormState & Readonly<{ id: string }>) => (
  <FormPage
    title="Add a feed"
    lede="Read the services of another directory that is published as Open Referral UK, edition 3.0 or 1.0. Its name and edition are found out by asking it."
    back={{ href: '/services/feeds', label: 'Feeds' }}
    action="/services/feeds/new"
    draft
    fields={{ id }}
    {...{ problems, typed }}
    width="reading"
  >
    <TextField
      name="address"
      label="Address of the feed"
      hint="As its publisher gives it, for example https://directory.example.org/api. With /services at the end it is the same"
      type="url"
      spellCheck={false}
    />
    <HowItIsRead />
    <Button>Add and read it</Button>
  </FormPage>
)

type ChangeProps = FormState & Readonly<{ feed: Feed }>

/** Says anew how a feed is called and read. */
export const ChangeFeed = ({ feed, problems, typed }: ChangeProps) => (
  <FormPage
    title="How the feed is read"
    caption={feed.name}
    back={{ href: `/services/feeds/${feed.id}`, label: feed.name }}
    action={`/services/feeds/${feed.id}/change`}
    edits={{ version: feed.version, now: <Now feed={feed} /> }}
    {...{ problems, typed }}
    width="reading"
  >
    <Inset>
      <p>It is read at {feed.address}. Another address is another feed: add that, and take this one off.</p>
    </Inset>
    <TextField name="name" label="Name" hint="What the history of a service calls it" value={feed.name} />
    <HowItIsRead feed={feed} />
    <Button>Save</Button>
  </FormPage>
)

const Now = ({ feed }: Readonly<{ feed: Feed }>) => (
  <SummaryList
    compact
    rows={[
      { label: 'Name', value: feed.name },
      { label: 'Read', value: paces[feed.every].label },
      { label: 'Who answers for it', value: feed.answers },
      { label: 'Licence', value: feed.licence },
      { label: 'Least share', value: `${feed.leastShare}%` },
    ]}
  />
)

const HowItIsRead = ({ feed }: Readonly<{ feed?: Feed }>) => (
  <>
    <RadiosFrom name="every" label="How often is it read?" list={paces} value={feed?.every ?? 'day'} />
    <TextArea
      name="answers"
      label="Who answers for it?"
      hint="A name or team at its publisher, and how to reach them when something is wrong"
      rows={2}
      value={feed?.answers}
    />
    <TextField
      name="licence"
      label="Under which licence is it published?"
      hint="For example Open Government Licence 3.0, or what was agreed with the publisher"
      value={feed?.licence}
    />
    <TextField
      name="leastShare"
      label="Stop and ask when it has fewer than"
      hint="Of the services that are known from it. What it does not have any more is then marked only after somebody has looked. 80 is usual"
      suffix="%"
      width={3}
      inputMode="numeric"
      value={String(feed?.leastShare ?? 80)}
    />
  </>
)
