import { dayInWords, longDay } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, LinkButton } from '#platform/html/buttons.tsx'
import { Details, Inset, Tag, WarningCallout } from '#platform/html/content.tsx'
import { TextArea } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { Figure, Figures, SummaryList } from '#platform/html/lists.tsx'
import { Page } from '#platform/html/page.tsx'
import { type NoticeState, noticeStates, peopleInWords, windingUpReasons } from '#journey/winding-up/rules.ts'

type NoticeProps = FormState &
  Readonly<{
    notice: Readonly<{
      id: string
      name: string
      keeperName: string
      ends_on: Temporal.PlainDate
      no_new_from: Temporal.PlainDate
      reason: keyof typeof windingUpReasons
      words: string | null
      by: string | null
      passed_on: number | null
      state: NoticeState
    }>
    left: number
    held: Readonly<{ records: number; members: number }>
    today: Temporal.PlainDate
    /** Whether this reader gives its people to others. */
    deals: boolean
    mayTakeBack: boolean
  }>

/** How far it is with an organisation whose part ends. */
export const NoticePage = ({ notice, left, held, today, deals, mayTakeBack, ...state }: NoticeProps) => (
  <Page
    title={notice.state === 'back' ? 'Its part here goes on' : 'Its part here ends'}
    caption={notice.name}
    back={{ href: '/winding-up', label: 'Organisations that end here' }}
    width="reading"
    problems={state.problems}
  >
    {notice.state === 'back' ? null : (
      <Figures label="How far it is">
        <Figure
          number={left}
          label={left === 1 ? 'person still with it' : 'people still with it'}
          href={`/winding-up/${notice.id}${deals ? '/people' : ''}`}
          tone={left > 0 ? 'alert' : 'good'}
        />
      </Figures>
    )}
    <WhatIsNext {...{ notice, left, deals }} />
    <SummaryList
      rows={[
        {
          label: 'State',
          value: <Tag colour={noticeStates[notice.state].colour}>{noticeStates[notice.state].label}</Tag>,
        },
        ...(notice.state === 'back' ? asItWasSaid(notice) : asItHolds(notice, today)),
        { label: 'Records it holds', value: `${held.records}` },
        { label: 'Members with access', value: membersInWords(notice, held.members) },
        { label: 'Said by', value: notice.by },
      ]}
      missing="Nothing"
    />
    {mayTakeBack ? <TakeBack notice={notice} {...state} /> : null}
  </Page>
)

type Notice = NoticeProps['notice']

const whyOf = ({ reason, words }: Notice) => [
  { label: 'Why', value: windingUpReasons[reason].label },
  { label: 'What should be known', value: words },
]

const asItHolds = (notice: Notice, today: Temporal.PlainDate) => [
  { label: 'Ends', value: dayInWords(notice.ends_on, today) },
  { label: 'Takes nobody new from', value: dayInWords(notice.no_new_from, today) },
  ...whyOf(notice),
  { label: 'Records kept by', value: notice.keeperName },
]

// Taken back, none of it holds: it says what had been meant.
const asItWasSaid = (notice: Notice) => [
  { label: 'Was to end', value: longDay(notice.ends_on) },
  ...whyOf(notice),
  { label: 'Records were to be kept by', value: notice.keeperName },
]

const membersInWords = ({ state, ends_on: on }: Notice, members: number) =>
  state === 'ending' ? `${members}, until ${longDay(on)}` : `${members}`

const WhatIsNext = ({ notice, left, deals }: Pick<NoticeProps, 'notice' | 'left' | 'deals'>) => {
  if (notice.state === 'back') return <Inset>It was taken back. The organisation goes on.</Inset>
  if (left === 0)
    return (
      <Inset>
        Nobody is with it any more.{' '}
        {notice.passed_on === null
          ? `On the day it ends its records go to ${notice.keeperName}.`
          : `Its records (${notice.passed_on}) are with ${notice.keeperName}.`}
      </Inset>
    )
  return (
    <>
      {notice.state === 'left' ? (
        <WarningCallout heading={`${peopleInWords(left)} left behind`}>
          <p>It has ended, and nobody looks after them. {notice.keeperName} sees them and gives them to others.</p>
        </WarningCallout>
      ) : null}
      {deals ? (
        <p>
          <LinkButton href={`/winding-up/${notice.id}/people`}>Give its people to others</LinkButton>
        </p>
      ) : (
        <Inset>
          {notice.state === 'ending'
            ? `${notice.name} gives its people to others until then.`
            : `${notice.keeperName} gives those who are left to others.`}
        </Inset>
      )}
    </>
  )
}

const TakeBack = ({ notice, ...state }: FormState & Pick<NoticeProps, 'notice'>) => (
  <Details summary="It goes on after all" open={state.problems.length > 0}>
    <p>Its members keep their access and it takes new people again. Whoever was given to others stays with them.</p>
    <Form action={`/winding-up/${notice.id}/withdrawal`} {...state}>
      <TextArea name="because" label="Why does it go on?" rows={2} maximum={500} />
      <Button secondary>Take it back</Button>
    </Form>
  </Details>
)
