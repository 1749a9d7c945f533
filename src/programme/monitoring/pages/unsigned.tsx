import { FilterForm } from '#platform/html/arrangement.tsx'
import { SelectFrom } from '#platform/html/choices.tsx'
import { EmptyState } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'

type UnsignedProps = Readonly<{
  month: Readonly<{ value: string; label: string }>
  months: Readonly<Record<string, { label: string }>>
  areaName: string
  signed: readonly Readonly<{ value: string; label: string }>[]
}>

/** A month that nobody has signed, for those who read what was signed. */
export const Unsigned = ({ month: { value: month, label: named }, months, areaName, signed }: UnsignedProps) => (
  <Page title="Monitoring" caption={`${areaName}, ${named}`} lede="What the area has counted, checked and signed.">
    <FilterForm action="/monitoring" label="Choose a month">
      <SelectFrom name="month" label="Month" list={months} empty={false} value={month} />
    </FilterForm>
    <EmptyState heading={`${named} is not signed yet`}>
      Its figures appear here once {areaName} has checked and signed them. Until then they still change, and a change
      from one day to the next could tell of one person.
    </EmptyState>
    {signed.length > 0 ? (
      <>
        <h2>Signed months</h2>
        <ul>
          {signed.map(({ value, label }) => (
            <li key={value}>
              <a href={`/monitoring?month=${value}`}>{label}</a>
            </li>
          ))}
        </ul>
      </>
    ) : null}
  </Page>
)
