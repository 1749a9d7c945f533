import { dayOf } from '#platform/dates.ts'
import { type Asking, orRefuse, refuse, Refused } from '#platform/fhir/doors.ts'
import { newId } from '#platform/ids.ts'
import { writeEntry } from '#platform/journal/journal.ts'
import { fhirPath, type Scope } from '#registers/clients/rules.ts'
import { mayFollow } from '#journey/onward/rules.ts'
import { recordAnswer } from '#journey/onward-answer/import.ts'
import { answersIn, type Said } from '#journey/onward-answer/rules.ts'
import type { AskedTask } from '#exchange/fhir/asked-task/rules.ts'
import {
  isSaidAlready,
  problemsWithAnswer,
  readTaskAnswer,
  type TaskAnswer,
  whatCanFollow,
} from '#exchange/fhir/task-answer/rules.ts'
import { type Asked, findAsked, type Here, keepRead, systemOf } from './import.ts'
import { holdAsked } from './store.ts'

type Answering = Readonly<{
  put: (path: string, work: (asking: Asking) => Promise<object>) => void
  inside: (asking: Asking, scope: Scope, work: (here: Here) => Promise<object>) => Promise<object>
  origin: string
}>

/** Where the system of a local service answers what it is asked: the same answers as by its link and in its inbox. */
export function fhirAnswers({ put, inside, origin }: Answering): void {
  put('/Task/:id', (asking) =>
    inside(asking, 'system/Task.rus', async (here) => {
      // Checked: the address has this part.
      const { id } = asking.request.params as Readonly<{ id: string }>
      if (/^[0-9a-f-]{36}$/.test(id)) await holdAsked(here.db, here.area, id)
      const found = (await findAsked(here, { id, origin, orEnded: true })) ?? nothingThere()
      const task = await answered(here, found, { asking, origin })
      asking.reply.header('etag', `W/"${task.meta.versionId ?? ''}"`)
      return task
    }),
  )
}

const nothingThere = () => refuse(404, 'not-found', 'There is no Task that you can answer with this id')

type Coming = Readonly<{ asking: Asking; origin: string }>

/** What becomes of a request by a Task that came back: the Task as it stands then. */
async function answered(here: Here, found: Asked, { asking, origin }: Coming): Promise<AskedTask> {
  const { onward, task } = found
  const { resource } = asking.body()
  const stands = { task, state: onward.state, own: answersIn(onward.events), fhirAt: `${origin}${fhirPath}` }
  const { sent, says } = orRefuse(readTaskAnswer(resource, stands))
  const isKnown = says === 'nothing' || (says !== 'received' && isSaidAlready(says, stands.own))
  if (!isKnown && onward.state === 'ended') return nothingThere()
  if (isKnown || (says === 'received' && ['sent', 'no-reply', 'seen'].includes(onward.state))) {
    await keepRead(here, [found])
    return task
  }
  needThisVersion(asking, sent, task)
  const conflict = () => refuse(409, 'conflict', whatCanFollow(onward.state))
  if (says === 'received' || !mayFollow(says.said, onward.state)) return conflict()
  const problems = problemsWithAnswer(resource, { sent, said: says, today: dayOf(here.now) }, stands)
  if (problems.length > 0) throw new Refused(problems)
  await keepAnswer(here, found, says)
  return (await findAsked(here, { id: onward.id, origin, orEnded: true }))?.task ?? conflict()
}

/** Refuses an answer to what has changed since it was read. */
function needThisVersion({ request }: Asking, { meta }: TaskAnswer['sent'], task: AskedTask): void {
  const named = /^(?:W\/)?"([^"]*)"$/.exec(request.headers['if-match'] ?? '')?.[1] ?? meta?.versionId
  if (named === undefined)
    refuse(
      428,
      'required',
      'Say in the header If-Match which version was read: it is the ETag of a Task, and its meta.versionId',
    )
  if (named !== task.meta.versionId)
    refuse(
      412,
      'conflict',
      'This was answered or changed since it was read: read it again, and answer what stands then',
    )
}

async function keepAnswer(here: Here, { onward, task }: Asked, said: Said): Promise<void> {
  const { db, area, bearer, now: at } = here
  const kept = await recordAnswer(here, onward, { ...said, id: newId(), byName: systemOf(task.owner.display) })
  if (kept === 'not-now') refuse(409, 'conflict', whatCanFollow(onward.state))
  const codes = { said: said.said, kept, client: bearer.id }
  const of = { person: onward.person, subject: onward.id, codes, ...(said.note ? { vouchesFor: said.note } : {}) }
  writeEntry(db, { area, by: undefined, happening: { ...of, kind: 'act', what: 'onward.answered' }, at })
}
