import { PhoneLink } from './footer.tsx'
import type { SummaryRow } from './lists.tsx'

/** How a service of the directory is reached; what it wrote itself is in English. */
export type Reaching = Readonly<{
  phones: readonly Readonly<{ number: string; about: string | null }>[]
  url: string | null
  email: string | null
  contact: string | null
  /** When it is open, in the language of the page: the days with the same hours on one line. */
  openings: readonly string[]
  /** What else it says of its hours. */
  hours: string | null
}>

/** How a service is reached, line by line: only what is known. */
export function reachingRows({ phones, url, email, contact, openings, hours }: Reaching): SummaryRow[] {
  const rows: SummaryRow[] = [
    {
      label: 'Phone',
      value: phones.length === 0 ? null : phones.map((one) => <PhoneLine key={one.number} {...one} />),
    },
    {
      label: 'Website',
      value: url ? (
        <a href={url} rel="noreferrer">
          {url.replace(/^https?:\/\//, '').replace(/\/$/, '')}
        </a>
      ) : null,
    },
    { label: 'Email', value: email ? <a href={`mailto:${email}`}>{email}</a> : null },
    { label: 'Whom to ask for', value: contact ? <bdi lang="en">{contact}</bdi> : null },
    { label: 'Hours', value: openings.length === 0 && !hours ? null : <Open openings={openings} hours={hours} /> },
  ]
  return rows.filter(({ value }) => value !== null)
}

const PhoneLine = ({ number, about }: Reaching['phones'][number]) => (
  <div>
    <PhoneLink number={number} /> {about ? <bdi lang="en">{`(${about})`}</bdi> : null}
  </div>
)

const Open = ({ openings, hours }: Pick<Reaching, 'openings' | 'hours'>) => (
  <>
    {openings.map((line) => (
      <div key={line}>{line}</div>
    ))}
    {hours ? (
      <div>
        <bdi lang="en">{hours}</bdi>
      </div>
    ) : null}
  </>
)
