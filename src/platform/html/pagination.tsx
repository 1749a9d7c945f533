type NewerOlderProps = Readonly<{
  newer?: string | undefined
  older?: string | undefined
  newerLabel?: string
  olderLabel?: string
}>

/** The way through a list too long or too lively to number, such as a timeline. */
export function NewerOlder({ newer, older, newerLabel = 'Newer', olderLabel = 'Older' }: NewerOlderProps) {
  if (newer === undefined && older === undefined) return null
  return (
    <nav className="ww-pages" aria-label="More of this list">
      {newer === undefined ? null : <Step href={newer} rel="prev" label={newerLabel} />}
      {older === undefined ? null : <Step href={older} rel="next" label={olderLabel} />}
    </nav>
  )
}

type PageNumbersProps = Readonly<{ page: number; pages: number; href: (page: number) => string }>

/** The way through a numbered list: the first, the last, and those beside the one being read. */
export function PageNumbers({ page, pages, href }: PageNumbersProps) {
  if (pages <= 1) return null
  return (
    <nav className="ww-pages" aria-label="Pages of this list">
      {page > 1 ? <Step href={href(page - 1)} rel="prev" label="Previous" /> : null}
      <ul className="ww-pages__numbers">
        {numbersAround(page, pages).map((number, index, all) => (
          <li key={number} className={number - (all[index - 1] ?? 0) > 1 ? 'ww-pages__gap' : undefined}>
            <a href={href(number)} aria-label={`Page ${number}`} aria-current={number === page ? 'page' : undefined}>
              {number}
            </a>
          </li>
        ))}
      </ul>
      {page < pages ? <Step href={href(page + 1)} rel="next" label="Next" /> : null}
    </nav>
  )
}

const Step = ({ href, rel, label }: { href: string; rel: 'prev' | 'next'; label: string }) => (
  <a className={`ww-pages__step ww-pages__step--${rel}`} href={href} rel={rel}>
    {label}
    <span className="nhsuk-u-visually-hidden"> page</span>
  </a>
)

function numbersAround(page: number, pages: number): readonly number[] {
  return [...new Set([1, page - 1, page, page + 1, pages])].filter((number) => number >= 1 && number <= pages)
}
