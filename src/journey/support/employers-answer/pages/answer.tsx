import { longDay, dayOf } from '#platform/dates.ts'
import type { FormState } from '#platform/form/rules.ts'
import { Button, ButtonForm, LinkButton } from '#platform/html/buttons.tsx'
import { RadiosFrom } from '#platform/html/choices.tsx'
import { Card, Inset, Panel } from '#platform/html/content.tsx'
import { DateField, TextArea, TextField } from '#platform/html/fields.tsx'
import { Form } from '#platform/html/form.tsx'
import { SummaryList } from '#platform/html/lists.tsx'
import { FormPage, Page } from '#platform/html/page.tsx'
import { WhomToRing } from '#platform/html/whom-to-ring.tsx'
import {
  agreedAt,
  employerStands,
  answerInWords,
  answers,
  pointsOf,
  type Proposal,
  type Reply,
  waysAnswered,
} from '#journey/support/three-way/rules.ts'
import { type Seen, WhatIsPut } from './asked.tsx'

/** An answer to each of them; what was answered before stands in it. */
const Points = ({ proposal, before }: Readonly<{ proposal: Proposal; before: Reply | undefined }>) =>
  pointsOf(proposal).map(({ place, label }, index) => {
    const said = before?.answers.find((one) => one.place === place)
    return (
      <RadiosFrom
        key={place}
        name={`answer${place}`}
        label={`${index + 1}. ${label}`}
        list={answers}
        value={said?.answer}
        reveal={{
          agree: <DateField name={`from${place}`} label="From when?" value={said?.fromOn?.toString()} />,
          suggest: (
            <TextArea
              name={`instead${place}`}
              label="What do you suggest?"
              rows={2}
              value={said?.answer === 'suggest' ? (said.words ?? undefined) : undefined}
            />
          ),
          cannot: (
            <TextArea
              name={`why${place}`}
              label="Why not?"
              rows={2}
              value={said?.answer === 'cannot' ? (said.words ?? undefined) : undefined}
            />
          ),
        }}
      />
    )
  })

type ByLinkProps = FormState & Seen & Readonly<{ at: string; fields: Readonly<Record<string, string>> }>

/** What an employer answers by the link: each adjustment and the phased return by itself. */
export const AnswerByLink = ({ at, fields, problems, typed, ...seen }: ByLinkProps) => {
  const { proposal, askedBy, areaName } = seen
  const [before] = proposal.replies
  return (
    <Page onlyInEnglish atWork title="Changes at work: your answer" caption={areaName} problems={problems}>
      <AllAgreed proposal={proposal} />
      <WhatIsPut {...seen} />
      <h2 className="nhsuk-heading-m">Your answers</h2>
      {before ? (
        <Inset>
          <p>You have answered. What you said stands below, and you may change it: the newest answer counts.</p>
        </Inset>
      ) : null}
      <Form action={at} fields={fields} {...{ problems, typed }}>
        <Points proposal={proposal} before={before} />
        <TextArea
          name="note"
          label="Anything to add (optional)"
          hint="The person may read what you write."
          rows={3}
          value={before?.note ?? undefined}
        />
        <TextField
          name="byName"
          label="Your name and what you do"
          hint="For example Jo Ray, team leader"
          width={30}
          value={before?.byName}
        />
        <Button>Send my answers</Button>
      </Form>
      <WhomToRing askedBy={askedBy} />
    </Page>
  )
}

/** That all three agree: the one thing that an employer learns of what the person said, once it is so. */
const AllAgreed = ({ proposal: { replies, consents } }: Readonly<{ proposal: Proposal }>) => {
  const [reply] = replies
  const at = agreedAt(reply, consents)
  if (!reply || !at) return null
  return (
    <Panel heading={employerStands(reply) === 'partly' ? 'Agreed in part by all three' : 'Agreed by all three'}>
      You, the person and their coach agreed to your answers on {longDay(dayOf(at))}.
    </Panel>
  )
}

/** That the answers have arrived, in the words in which the other two read them. */
export const AnswersSent = ({
  proposal,
  askedBy,
  reply,
}: Pick<Seen, 'proposal' | 'askedBy'> & Readonly<{ reply: Reply }>) => (
  <Page onlyInEnglish atWork title="Thank you for your answers" heading={false}>
    <Panel heading="Thank you for your answers">They have reached the team.</Panel>
    <h2 className="nhsuk-heading-m">What you answered</h2>
    <WhatWasSaid proposal={proposal} reply={reply} />
    <h2 className="nhsuk-heading-m">What happens next</h2>
    <p>
      {askedBy} talks about it with the person and gets in touch with you. You can open the link again and change your
      answers. You can close this page.
    </p>
    <WhomToRing askedBy={askedBy} />
  </Page>
)

const WhatWasSaid = ({ proposal, reply }: Readonly<{ proposal: Proposal; reply: Reply }>) => (
  <SummaryList
    rows={pointsOf(proposal).map(({ place, label }) => {
      const answer = reply.answers.find((one) => one.place === place)
      return { label, value: answer ? answerInWords(answer) : null }
    })}
  />
)

type PreviewProps = Seen & Readonly<{ mayEdit: boolean; problem: string | undefined }>

/** The page as the employer will see it, before it goes. */
export const Preview = ({ mayEdit, problem, ...seen }: PreviewProps) => {
  const { proposal, name } = seen
  const { id, episode, address, contact, organisation } = proposal
  return (
    <Page
      title="This is what they will see"
      caption={name}
      lede={`It goes to ${[contact, organisation, address].filter(Boolean).join(', ')}.`}
      back={{ href: `/episodes/${episode}/three-way`, label: 'Everything that was put to them' }}
      width="reading"
    >
      {problem ? (
        <Inset>
          <p>{problem}. It does not go to them like this: change it, or ask the person first.</p>
        </Inset>
      ) : null}
      <AsTheyWill {...seen} />
      {mayEdit && !problem ? (
        <ButtonForm action={`/three-way/${id}/sending`}>
          {address === null ? 'I have told them myself' : 'Send it'}
        </ButtonForm>
      ) : null}
      {mayEdit ? (
        <p>
          <LinkButton href={`/episodes/${episode}/three-way/new?from=${id}`} secondary>
            Change it
          </LinkButton>
          {problem ? null : (
            <>
              {' '}
              <LinkButton href={`/three-way/${id}/letter`} secondary>
                Send it as a letter
              </LinkButton>
            </>
          )}
        </p>
      ) : null}
    </Page>
  )
}

const AsTheyWill = (seen: Seen) => (
  <Card tone="quiet" heading="Changes at work: your answer" level={2}>
    <WhatIsPut {...seen} />
    <ol className="nhsuk-list nhsuk-list--number">
      {pointsOf(seen.proposal).map(({ place, label }) => (
        <li key={place}>{label}</li>
      ))}
    </ol>
    <p>
      They answer each with one of:{' '}
      {Object.values(answers)
        .map(({ label }) => label)
        .join(' · ')}
      .
    </p>
  </Card>
)

type RecordProps = FormState & Pick<Seen, 'proposal' | 'name'> & Readonly<{ id: string }>

/** Writes down what an employer answered by phone, in person or on paper. */
export const RecordAnswer = ({ proposal, name, id, problems, typed }: RecordProps) => (
  <FormPage
    title="Write down what they answered"
    caption={name}
    lede={`${proposal.contact}, ${proposal.organisation}`}
    back={{ href: `/three-way/${proposal.id}` }}
    action={`/three-way/${proposal.id}/answer`}
    fields={{ id }}
    draft
    width="reading"
    {...{ problems, typed }}
  >
    <Points proposal={proposal} before={proposal.replies[0]} />
    <TextArea name="note" label="Anything they added (optional)" rows={3} />
    <TextField
      name="byName"
      label="Who said so?"
      hint="Their name and what they do"
      width={30}
      value={proposal.contact}
    />
    <RadiosFrom
      name="how"
      label="How did they answer?"
      list={waysAnswered}
      only={['telephone', 'in-person', 'letter']}
    />
    <Button>Save</Button>
  </FormPage>
)
