import { Page } from '#platform/html/page.tsx'
import { PrintLink } from '#platform/html/content.tsx'
import { Said, useSay } from '#platform/html/say.tsx'
import { reasons, type Withheld } from '#journey/copy/drafting/rules.ts'
import type { Copy } from '#journey/copy/rules.ts'

type DocumentProps = Readonly<{ copy: Copy; back: string; backLabel: string }>

/** A copy as it was given, to read or to print. What the record says stands in the words in which it was written. */
export const CopyDocument = ({ copy, back, backLabel }: DocumentProps) => {
  const say = useSay()
  return (
    <Page
      title="What we keep about you"
      caption={copy.person}
      back={{ href: back, label: backLabel }}
      actions={<PrintLink>Print</PrintLink>}
    >
      <p>
        {say('{area} made this copy on {day}. It holds what we kept about you on that day.', {
          area: copy.area,
          day: copy.madeOn,
        })}
      </p>
      <LeftOut copy={copy} />
      {copy.parts.map(({ label, entries }) => (
        <section key={label}>
          <h2 className="nhsuk-heading-m">{say(label)}</h2>
          {entries.map((entry, index) => (
            <Entry key={index} {...entry} />
          ))}
        </section>
      ))}
    </Page>
  )
}

const Entry = ({ what, when, by, text }: Copy['parts'][number]['entries'][number]) => (
  <div className="ww-entry">
    <h3 className="nhsuk-heading-s">{what}</h3>
    {when === null && by === null ? null : (
      <p className="ww-aside">{[when, by].filter((part) => part !== null).join(', ')}</p>
    )}
    {text.map((line, index) => (
      <p key={index} className="ww-words">
        {line}
      </p>
    ))}
  </div>
)

const LeftOut = ({ copy: { leftOut } }: { copy: Copy }) => {
  const say = useSay()
  const told = Object.entries(leftOut).flatMap(([why, number]) => {
    // Checked: made from the list of reasons alone.
    const { own } = reasons[why as Withheld]
    return own === null ? [] : [{ own, number }]
  })
  return (
    <>
      {told.map(({ own, number }) => (
        <p key={own}>{say(own, { number })}</p>
      ))}
      <p>
        <Said text="The law lets us leave out what is about other people, or what could do serious harm. If you think that something is missing or wrong, tell us. You can also complain to the Information Commissioner’s Office on 0303 123 1113." />
      </p>
    </>
  )
}
