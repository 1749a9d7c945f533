import { inWords } from '#platform/dates.ts'
import { ButtonForm } from '#platform/html/buttons.tsx'
import { Tag } from '#platform/html/content.tsx'
import { Page } from '#platform/html/page.tsx'
import { type Column, Table } from '#platform/html/table.tsx'
import { type FailedJob, isGivenUp, shownPayload } from './rules.ts'

type FailedJobsProps = Readonly<{ jobs: readonly FailedJob[]; mayRunAgain: boolean; now: Temporal.Instant }>

const columnsFor = ({ mayRunAgain, now }: Omit<FailedJobsProps, 'jobs'>): readonly Column<FailedJob>[] => [
  { key: 'name', label: 'Work', names: true, cell: ({ name }) => name },
  { key: 'about', label: 'About', cell: ({ payload }) => shownPayload(payload) || 'The whole area' },
  { key: 'reason', label: 'Why it failed', cell: ({ reason }) => reason },
  { key: 'tries', label: 'Tries', nowrap: true, cell: ({ attempts, most }) => `${attempts} of ${most}` },
  { key: 'state', label: 'Now', nowrap: true, cell: (job) => <State job={job} /> },
  { key: 'next', label: 'Next try', cell: (job) => (isGivenUp(job) ? 'None' : inWords(job.run_at, now)) },
  ...(mayRunAgain ? [{ key: 'again', label: 'Run it again', nowrap: true, cell: RunAgain }] : []),
]

const State = ({ job }: { job: FailedJob }) =>
  isGivenUp(job) ? <Tag colour="red">Given up</Tag> : <Tag colour="orange">Trying again</Tag>

const RunAgain = ({ id, name }: FailedJob) => (
  <ButtonForm action={`/jobs/${id}/run`} context={`${name} ${id}`} secondary small>
    Run again
  </ButtonForm>
)

/** Work in the background that failed, so that somebody can put right what stood in its way. */
export const FailedJobs = ({ jobs, mayRunAgain, now }: FailedJobsProps) => (
  <Page
    title="Failed work"
    lede="Work the service does in the background, such as sending messages, that did not succeed. It is tried several times before it is given up."
  >
    <Table
      caption="Failed work, newest first"
      captionSize="hidden"
      columns={columnsFor({ mayRunAgain, now })}
      rows={jobs}
      rowKey={({ id }) => String(id)}
      empty="Nothing has failed. Work appears here when it did not succeed, with the reason, until it does."
    />
  </Page>
)
