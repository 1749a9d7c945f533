import { Table } from '#platform/html/table.tsx'
import type { ThenAndNow } from '#journey/completion/rules.ts'

/** The answers of the first conversation beside the newest ones. */
export const Measures = ({ measures }: { measures: readonly ThenAndNow[] }) => (
  <Table
    caption="Then and now"
    columns={[
      { key: 'question', label: 'Question', names: true, cell: ({ question }: ThenAndNow) => question },
      { key: 'before', label: 'First conversation', cell: ({ before }: ThenAndNow) => before },
      { key: 'now', label: 'Newest answer', cell: ({ now }: ThenAndNow) => now ?? 'Not asked again' },
    ]}
    rows={measures}
    rowKey={({ key }) => key}
    empty="The questions of the first conversation were not answered then, so there is nothing to compare."
  />
)
