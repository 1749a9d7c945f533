import { longDay } from '#platform/dates.ts'
import { Button } from '#platform/html/buttons.tsx'
import { PrintLink } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { Page } from '#platform/html/page.tsx'
import { linesOf } from './rules.ts'

/** A letter as it is printed. */
export type Letter = Readonly<{ id: string; to: string; subject: string | null; body: string }>

type LettersProps = Readonly<{
  letters: readonly Letter[]
  /** Letters to people whose record this reader may not open: somebody else prints them. */
  others: number
  area: Readonly<{ name: string; phone: string | undefined }>
  today: Temporal.PlainDate
}>

/** The letters that wait to be posted, one to a sheet. */
export const Letters = ({ letters, others, area, today }: LettersProps) => (
  <Page
    title="Letters to post"
    lede={letters.length === 0 ? undefined : sentence(letters.length)}
    back={{ href: '/outbox', label: 'Outbox' }}
    actions={letters.length === 0 ? undefined : <PrintLink>Print these letters</PrintLink>}
    width="reading"
  >
    {letters.length === 0 ? <p>No letter waits to be posted.</p> : null}
    {others === 0 ? null : (
      <p className="ww-screen-only">
        {others === 1 ? '1 more letter is' : `${others} more letters are`} to people whose record you may not open.
        Their own provider prints {others === 1 ? 'it' : 'them'}.
      </p>
    )}
    {letters.map((letter) => (
      <Sheet key={letter.id} {...{ letter, area, today }} />
    ))}
    {letters.length === 0 ? null : <Posted letters={letters} />}
  </Page>
)

const sentence = (count: number): string =>
  `${count === 1 ? '1 letter' : `${count} letters, the earliest first`}. Print, put in envelopes, post, and then say so below.`

type SheetProps = Readonly<{ letter: Letter }> & Pick<LettersProps, 'area' | 'today'>

const Sheet = ({ letter, area, today }: SheetProps) => (
  <article className="ww-letter">
    <p className="ww-letter__from">
      <strong>WorkWell {area.name}</strong>
      {area.phone === undefined ? null : (
        <>
          <br />
          {area.phone}
        </>
      )}
    </p>
    <address className="ww-letter__to">
      {linesOf(letter.to).map((line, place) => (
        <span key={place}>
          {line}
          <br />
        </span>
      ))}
    </address>
    <p>{longDay(today)}</p>
    {letter.subject === null ? null : <h2 className="nhsuk-heading-m">{letter.subject}</h2>}
    {letter.body.split(/\n{2,}/).map((paragraph, place) => (
      <p key={place}>{paragraph}</p>
    ))}
  </article>
)

const Posted = ({ letters }: Pick<LettersProps, 'letters'>) => (
  <section className="ww-screen-only">
    <h2 className="nhsuk-heading-m">Are they in the post?</h2>
    <p>A letter that was not posted stays here and can be printed again.</p>
    <Form action="/outbox/letters" fields={{}}>
      <fieldset className="nhsuk-fieldset nhsuk-form-group">
        <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">Letters that were posted</legend>
        <div className="nhsuk-checkboxes nhsuk-checkboxes--small">
          {letters.map(({ id, to }) => (
            <div className="nhsuk-checkboxes__item" key={id}>
              <input
                className="nhsuk-checkboxes__input"
                type="checkbox"
                id={`posted-${id}`}
                name="posted"
                value={id}
                defaultChecked
              />
              <label className="nhsuk-label nhsuk-checkboxes__label" htmlFor={`posted-${id}`}>
                {linesOf(to).slice(0, 2).join(', ')}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      <Button>They are in the post</Button>
    </Form>
  </section>
)
