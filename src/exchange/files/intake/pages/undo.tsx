import { ButtonForm } from '#platform/html/buttons.tsx'
import { Page } from '#platform/html/page.tsx'
import { Table } from '#platform/html/table.tsx'
import { number, staying } from './batch.tsx'
import type { Brought } from './list.tsx'

type UndoProps = Readonly<{
  batch: Brought
  people: number
  stays: readonly Readonly<{ words: string; people: number }>[]
  refusal: string | undefined
}>

/** Says what is taken away and what cannot be, before a batch is taken back. */
export const Undo = ({ batch, people, stays, refusal }: UndoProps) => (
  <Page title="Take it back" caption={batch.name} back={{ href: `/imports/batches/${batch.id}` }} width="reading">
    {refusal === undefined ? <WhatGoes {...{ batch, people, stays }} /> : <p>{refusal}</p>}
  </Page>
)

const WhatGoes = ({ batch, people, stays }: Omit<UndoProps, 'refusal'>) => {
  const atWork = stays.reduce((all, one) => all + one.people, 0)
  const go = people - atWork
  // A folder of cases may have added to people who were here before.
  const mayHaveAdded = batch.kind === 'episodes'
  return (
    <>
      <p>
        {number(go)} of the {number(people)} people it brought go, with their referrals and all that came with them, as
        if they had never come. Only the journal says that they were there. Their rows may be brought in again.
      </p>
      {mayHaveAdded ? (
        <p>What it added to people who were here before goes too, where nobody has worked on it.</p>
      ) : null}
      {atWork === 0 ? (
        <p>Nobody has worked on any of them so far. Whoever somebody works on meanwhile stays.</p>
      ) : (
        <Table
          caption={`${staying(atWork)}, since somebody has worked on their record`}
          rows={stays}
          rowKey={({ words }) => words}
          columns={[
            { key: 'what', label: 'What was done', names: true, prose: true, cell: ({ words }) => words },
            { key: 'people', label: 'People', numeric: true, cell: (one) => number(one.people) },
          ]}
          empty=""
        />
      )}
      {go > 0 || mayHaveAdded ? (
        <ButtonForm action={`/imports/batches/${batch.id}/undoing`} warning>
          {mayHaveAdded ? 'Take it back' : `Take ${number(go)} ${go === 1 ? 'person' : 'people'} back`}
        </ButtonForm>
      ) : (
        <p>There is nobody to take back.</p>
      )}
    </>
  )
}
