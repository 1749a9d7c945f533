import { SummaryList } from './lists.tsx'

type Difference = Readonly<{ label: string; before: string | null; after: string | null }>

/** What is said differently, line by line: what was said before is struck out. */
export const Differences = ({ differences }: Readonly<{ differences: readonly Difference[] }>) => (
  <SummaryList
    rows={differences.map(({ label, before, after }) => ({
      label,
      value: (
        <>
          {before === null ? null : (
            <>
              <del>{before}</del>
              <br />
            </>
          )}
          {after === null ? 'Nothing any more' : <ins>{after}</ins>}
        </>
      ),
    }))}
  />
)
