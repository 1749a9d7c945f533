import { Button } from '#platform/html/buttons.tsx'
import { PrintLink, WarningCallout } from '#platform/html/content.tsx'
import { Form } from '#platform/html/form.tsx'
import { LetterSheet } from '#platform/html/letter.tsx'
import { Page } from '#platform/html/page.tsx'
import { linesOf } from './rules.ts'

/** How a letter is made: printed in so many points, or by somebody in a format that no printer makes. */
export type LetterFormat = Readonly<{ points: 20 | 24 | 28 | undefined; made: readonly string[] }>

/** A letter as it is printed. */
export type Letter = Readonly<{ id: string; to: string; subject: string | null; body: string; format: LetterFormat }>

type LettersProps = Readonly<{
  letters: readonly Letter[]
  /** Letters to people whose record this reader may not open: somebody else prints them. */
  others: number
  /** Letters that stand on the other of the two pages, and whether this is the one for restricted records. */
  apart: number
  closed: boolean
  area: Readonly<{ name: string; phone: string | undefined }>
  today: Temporal.PlainDate
}>

/** The letters that wait to be posted, one to a sheet. */
export const Letters = ({ letters, others, apart, closed, area, today }: LettersProps) => (
  <Page
    title={closed ? 'Letters to restricted records' : 'Letters to post'}
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
    {apart === 0 ? null : <Apart {...{ apart, closed }} />}
    <ToBeMade letters={letters} />
    {letters.map((letter) => (
      <Sheet key={letter.id} {...{ letter, area, today }} />
    ))}
    {letters.length === 0 ? null : <Posted letters={letters} />}
  </Page>
)

/** The way to the letters that are printed by themselves, so that their addresses do not lie among the others. */
const Apart = ({ apart, closed }: Pick<LettersProps, 'apart' | 'closed'>) => (
  <p className="ww-screen-only">
    {apart === 1 ? '1 letter is' : `${apart} letters are`} printed {closed ? 'with the others' : 'apart'}:{' '}
    {closed ? (
      <a href="/outbox/letters">letters to everybody else</a>
    ) : (
      <a href="/outbox/letters?only=restricted">letters to restricted records</a>
    )}
  </p>
)

/**
 * Letters that somebody has to make in another format: they are not posted as they are printed here. It is read on the
 * screen alone, so that their names lie in nobody else's envelope; each of their own sheets says so too.
 */
const ToBeMade = ({ letters }: Pick<LettersProps, 'letters'>) => {
  const made = letters.filter(({ format }) => format.made.length > 0)
  if (made.length === 0) return null
  return (
    <div className="ww-screen-only">
      <WarningCallout
        heading={made.length === 1 ? '1 letter has to be made' : `${made.length} letters have to be made`}
      >
        <p>
          These people need another format than print. Have each made from the words below, post that, and then mark it.
        </p>
        <ul className="nhsuk-list nhsuk-list--bullet">
          {made.map(({ id, to, format }) => (
            <li key={id}>
              {linesOf(to)[0]}: {format.made.join(', ')}
            </li>
          ))}
        </ul>
      </WarningCallout>
    </div>
  )
}

const sentence = (count: number): string =>
  `${count === 1 ? '1 letter' : `${count} letters, the earliest first`}. Print, put in envelopes, post, and then say so below.`

type SheetProps = Readonly<{ letter: Letter }> & Pick<LettersProps, 'area' | 'today'>

const Sheet = ({ letter, area, today }: SheetProps) => (
  <LetterSheet
    {...{ from: area, to: linesOf(letter.to), today }}
    className={letter.format.points ? `ww-letter--${letter.format.points}` : ''}
    note={
      letter.format.made.length === 0 ? null : (
        <p className="ww-letter__made">
          <strong>To be made: {letter.format.made.join(', ')}.</strong> Do not post this sheet as it is.
        </p>
      )
    }
  >
    {letter.subject === null ? null : <h2 className="nhsuk-heading-m">{letter.subject}</h2>}
    {letter.body.split(/\n{2,}/).map((paragraph, place) => (
      <p key={place}>{paragraph}</p>
    ))}
  </LetterSheet>
)

const Posted = ({ letters }: Pick<LettersProps, 'letters'>) => (
  <section className="ww-screen-only">
    <h2 className="nhsuk-heading-m">Are they in the post?</h2>
    <p>A letter that was not posted stays here and can be printed again.</p>
    <Form action="/outbox/letters" fields={{}}>
      <fieldset className="nhsuk-fieldset nhsuk-form-group">
        <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">Letters that were posted</legend>
        <div className="nhsuk-checkboxes nhsuk-checkboxes--small">
          {letters.map(({ id, to, format }) => (
            <div className="nhsuk-checkboxes__item" key={id}>
              <input
                className="nhsuk-checkboxes__input"
                type="checkbox"
                id={`posted-${id}`}
                name="posted"
                value={id}
                defaultChecked={format.made.length === 0}
              />
              <label className="nhsuk-label nhsuk-checkboxes__label" htmlFor={`posted-${id}`}>
                {linesOf(to).slice(0, 2).join(', ')}
                {format.made.length === 0 ? '' : `, made as: ${format.made.join(', ')}`}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      <Button>They are in the post</Button>
    </Form>
  </section>
)
