import { id, optionalWholeNumber, text, choice } from '#platform/form/fields.ts'
import { blank, type FormState } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { addPack, findMargins, listPacks, setMargin, switchPack } from '#registers/instruments/store.ts'
import type { Db } from '#platform/database/transaction.ts'
import { type Scoring, scoringOf, scorings } from '#registers/scoring/rules.ts'
import { AddPack, AreaQuestionnaires, ChangeMargin, type ShownMargin } from './pages.tsx'
import { packable, readPack } from './rules.ts'

const who = ['administrator', 'service-manager', 'system-administrator', 'area-lead'] as const
const most = 200_000

/** The questionnaires of an area under licences of its own, and from which change on scores are marked. */
export async function packRoutes(app: App): Promise<void> {
  app.get('/area/questionnaires', { who }, async ({ db, area }, reply) => {
    const [packs, margins] = await Promise.all([listPacks(db, area), listMargins(db, area)])
    const shown = packs.map(({ content, ...pack }) => ({ ...pack, title: content.title }))
    return reply.page(<AreaQuestionnaires packs={shown} margins={margins} />)
  })
  app.get('/area/questionnaires/new', { who }, async (_request, reply) =>
    reply.page(<AddPack {...blank} id={newId()} faults={[]} />),
  )
  addRoute(app)
  switchRoutes(app)
  marginRoutes(app)
}

function addRoute(app: App): void {
  const form = {
    id: id('Open this page again'),
    instrument: choice(packable, 'Select which questionnaire it is'),
    licence: text('Enter the reference of your licence', 300),
  }
  app.post('/area/questionnaires', { who, form, upload: most }, async (request, reply) => {
    const { db, area, actor, now: at, form: sent } = request
    const [file] = request.files['file'] ?? []
    const wrong = file ? (file.content.length > 0 ? undefined : `${file.name} is empty`) : 'Choose the file'
    const missing = wrong === undefined ? [] : [{ field: 'file', message: wrong }]
    const large = file?.isTooLarge ? [{ field: 'file', message: 'The file is larger than 200 kB' }] : []
    const again = (state: FormState, faults: readonly string[] = []) =>
      reply.code(422).page(<AddPack {...state} id={idIn(state)} faults={faults} />)
    const problems = [...sent.problems, ...(large.length > 0 ? large : missing)]
    if (!sent.ok || !file || problems.length > 0) return again({ typed: sent.typed, problems })
    const { id: pack, instrument: code, licence } = sent.value
    const read = readPack(new TextDecoder().decode(file.content), code)
    if (!read.ok)
      return again(
        { typed: sent.typed, problems: [{ field: 'file', message: faultsInWords(read.faults) }] },
        read.faults,
      )
    const { content } = read
    const by = { member: actor.membership }
    if (!(await addPack(db, { area, id: pack, code, content, licence, by, at })))
      return again({ typed: sent.typed, problems: [{ field: 'file', message: 'This version is here already' }] })
    await request.act('instruments.added', { subject: pack, codes: { instrument: code } })
    request.flash('The questionnaire is added. It is asked once you switch it on.')
    return reply.redirect('/area/questionnaires', 303)
  })
}

const faultsInWords = (faults: readonly string[]) =>
  faults.length === 1 ? `${faults[0]}` : `Correct ${faults.length} things in the file, named below`

function switchRoutes(app: App): void {
  for (const [path, on] of [
    ['/area/questionnaires/:pack/switch-on', true],
    ['/area/questionnaires/:pack/switch-off', false],
  ] as const)
    app.post(path, { who }, async (request, reply) => {
      const { db, area, actor, now: at, params } = request
      const pack = (await listPacks(db, area)).find(({ id: known }) => known === params.pack)
      if (!pack) throw new NotFound()
      if (pack.on !== on) await switchPack(db, { area, pack: pack.id, on, by: actor.membership, at })
      await request.act('instruments.switched', { subject: pack.id, codes: { on } })
      request.flash(on ? 'It is asked from now on.' : 'It is no longer asked. Answers that were given stay.')
      return reply.redirect('/area/questionnaires', 303)
    })
}

function marginRoutes(app: App): void {
  const path = '/area/questionnaires/margins/:instrument'
  app.get(path, { who }, async ({ db, area, params }, reply) => {
    const shown = await marginOf(db, area, params.instrument)
    return reply.page(<ChangeMargin {...blank} {...shown} id={newId()} />)
  })
  const form = {
    id: id('Open this page again'),
    points: optionalWholeNumber(1, 100, 'Enter a whole number of points from 1 to 100, or leave it empty'),
    source: text('Enter where you have it from', 300),
  }
  app.post(path, { who, form }, async (request, reply) => {
    const { db, area, actor, now: at, form: sent, params } = request
    const shown = await marginOf(db, area, params.instrument)
    if (!sent.ok) return reply.code(422).page(<ChangeMargin {...sent} {...shown} id={idIn(sent)} />)
    const { code } = shown.shown
    await setMargin(db, { ...sent.value, area, code, by: actor.membership, at })
    await request.act('instruments.margin-set', { subject: sent.value.id, codes: { instrument: code } })
    request.flash('The margin is saved.')
    return reply.redirect('/area/questionnaires', 303)
  })
}

async function marginOf(db: Db, area: string, code: string) {
  const shown = (await listMargins(db, area)).find((one) => one.code === code)
  if (!shown) throw new NotFound()
  return { shown, published: scoringOf(code)?.change }
}

async function listMargins(db: Db, area: string): Promise<ShownMargin[]> {
  const set = await findMargins(db, area)
  return Object.entries<Scoring>(scorings).map(([code, { label, change }]) => {
    const ours = set.has(code)
    return { code, label, ours, margin: ours ? set.get(code) : change }
  })
}

function idIn({ typed }: Pick<FormState, 'typed'>): string {
  return [typed['id']].flat().at(-1) ?? newId()
}
