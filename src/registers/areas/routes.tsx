import { careRoles, isFor, type Role } from '#platform/access/rules.ts'
import type { Db } from '#platform/database/transaction.ts'
import { choices, day, optionalDay, optionalText, text, tick, version, wholeNumber } from '#platform/form/fields.ts'
import { blank } from '#platform/form/rules.ts'
import type { App } from '#platform/http/app.ts'
import { NotFound } from '#platform/http/refusals.ts'
import { newId } from '#platform/ids.ts'
import { Accessibility, Privacy } from './pages/about.tsx'
import { AreaDetailsForm, AreaHistory, AreaPage } from './pages/details.tsx'
import { More } from './pages/more.tsx'
import { AreaStart, Home } from './pages/public.tsx'
import { SettingsForm } from './pages/settings.tsx'
import { type Questionnaires, switchable } from './pages/asking.tsx'
import {
  boundaries,
  ownerParts,
  changedSettings,
  decisionsVersion,
  detailChanges,
  isRunning,
  mayChooseReceiver,
  type ProposedSettings,
  quietHoursProblem,
  runningProblem,
  settingWords,
  withBefore,
} from './rules.ts'
import {
  findArea,
  findSettings,
  holdArea,
  keepDetailChanges,
  listDecisions,
  listDetailChanges,
  listEveryArea,
  saveArea,
  saveDecision,
} from './store.ts'

/** What later stages answer: where each role begins its day, and which organisations an area has. */
export type AreaQuestions = Readonly<{
  homes: Readonly<Record<Role, string>>
  organisations(
    db: Db,
    area: string,
    on: Temporal.PlainDate,
  ): Promise<readonly Readonly<{ id: string; name: string }>[]>
  /** What its members are called, by their memberships. */
  names(db: Db, area: string): Promise<ReadonlyMap<string, string>>
  /** Every questionnaire there is; those that are optional are asked where an area switches them on. */
  questionnaires: Questionnaires
  /** What is wrong with the name by which an area calls itself in messages. */
  callingProblem(name: string): string | undefined
}>

const administrators = ['administrator', 'service-manager', 'system-administrator', 'area-lead'] as const

/** The first pages of the product and of an area, and what an area decides for itself. */
export function areaRoutes(questions: AreaQuestions) {
  return async (app: App): Promise<void> => {
    app.get('/', { who: 'anyone' }, async ({ session, db, today }, reply) => {
      if (session?.membership) return reply.redirect('/home')
      const areas = await listEveryArea(app.databases.everywhereFrom(db, undefined))
      const running = areas.filter((one) => isRunning(one, today))
      return reply.page(<Home areas={running} demonstration={app.settings.standIn} />)
    })
    app.get('/home', { who: 'signed-in' }, async ({ actor }, reply) => reply.redirect(questions.homes[actor.role]))
    app.get('/more', { who: 'signed-in' }, (_request, reply) => Promise.resolve(reply.page(<More />)))
    app.get('/in/:area', { who: 'anyone', area: 'path' }, async ({ db, area }, reply) => {
      const found = await findArea(db, area)
      if (!found) throw new NotFound()
      return reply.page(<AreaStart area={found} />)
    })
    app.get('/accessibility', { who: 'anyone' }, (_request, reply) => Promise.resolve(reply.page(<Accessibility />)))
    app.get('/privacy', { who: 'anyone' }, async ({ db }, reply) =>
      reply.page(<Privacy areas={await listEveryArea(app.databases.everywhereFrom(db, undefined))} />),
    )
    detailsRoutes(app, questions)
    settingsRoutes(app, questions)
  }
}

const details = {
  name: text('Enter what the service is called here'),
  run_by: optionalText(),
  phone: optionalText(40),
  email: optionalText(),
  postal_address: optionalText(300),
  opening_hours: optionalText(),
  crisis_text: text('Enter what somebody in danger should do', 2000),
  from: day('Enter the day from which the service runs'),
  until: optionalDay(),
  version: version(),
}

function detailsRoutes(app: App, { names }: AreaQuestions): void {
  app.get('/area', { who: [...administrators, ...careRoles] }, async ({ db, area, actor, today }, reply) => {
    const [found, settings] = await Promise.all([findArea(db, area), findSettings(db, area, today)])
    if (!found) throw new NotFound()
    return reply.page(<AreaPage area={found} settings={settings} decides={isFor(administrators, actor.role)} />)
  })
  app.get('/area/history', { who: administrators }, async ({ db, area }, reply) => {
    const [changes, members] = await Promise.all([listDetailChanges(db, area), names(db, area)])
    return reply.page(
      <AreaHistory changes={changes.map((change) => ({ ...change, byName: members.get(change.by) ?? null }))} />,
    )
  })
  app.get('/area/details', { who: administrators }, async ({ db, area }, reply) => {
    const found = await findArea(db, area)
    if (!found) throw new NotFound()
    return reply.page(<AreaDetailsForm area={found} {...blank} />)
  })
  app.post('/area/details', { who: administrators, form: details }, async (request, reply) => {
    const { db, area, form, actor, now: at } = request
    const now = await findArea(db, area)
    if (!now) throw new NotFound()
    if (!form.ok) return reply.code(422).page(<AreaDetailsForm area={now} {...form} />)
    const { version: seen, from: from_on, until: until_on, ...changed } = form.value
    const problem = runningProblem(from_on, until_on)
    if (problem) return reply.code(422).page(<AreaDetailsForm area={now} typed={form.typed} problems={[problem]} />)
    const details = { ...changed, from_on, until_on }
    if (!(await saveArea(db, area, seen, details))) {
      return reply.code(409).page(<AreaDetailsForm area={(await findArea(db, area)) ?? now} {...form} />)
    }
    const changes = detailChanges(now, details)
    await keepDetailChanges(db, { area, id: newId(), changes, by: actor.membership, at })
    await request.act('area.details', { codes: { changed: changes.map(({ name }) => name) } })
    request.flash('Saved. The public pages show it from now on.')
    return reply.redirect('/area')
  })
}

const time = (missing: string) =>
  text(missing).refine((given) => /^([01]\d|2[0-3]):[0-5]\d$/.test(given), 'Enter a time, for example 20:00')

const proposal = (questionnaires: Readonly<Record<string, unknown>>) => ({
  firstTryWorkingDays: numberField('firstTryWorkingDays'),
  firstAppointmentWorkingDays: numberField('firstAppointmentWorkingDays'),
  triesBeforeUnreachable: numberField('triesBeforeUnreachable'),
  caseloadCap: numberField('caseloadCap'),
  goingQuietDays: numberField('goingQuietDays'),
  messagesInSevenDays: numberField('messagesInSevenDays'),
  readingDaysAfterHandover: numberField('readingDaysAfterHandover'),
  answerDays: numberField('answerDays'),
  keepFilesDays: numberField('keepFilesDays'),
  keepFormsDays: numberField('keepFormsDays'),
  checkServicesMonths: numberField('checkServicesMonths'),
  serviceAnswerDays: numberField('serviceAnswerDays'),
  serviceNudges: numberField('serviceNudges'),
  serviceNudgeDays: numberField('serviceNudgeDays'),
  askAboutHelpDays: numberField('askAboutHelpDays'),
  askOwnersDays: numberField('askOwnersDays'),
  ownersAtOnce: choices(ownerParts),
  hideBelow: numberField('hideBelow'),
  realNumbersFor: choices(boundaries),
  'weeks-thrive-in-work': wholeNumber(1, 104),
  'weeks-return-to-work': wholeNumber(1, 104),
  'weeks-seek-work': wholeNumber(1, 104),
  quietFrom: time('Enter when quiet hours begin'),
  quietUntil: time('Enter when quiet hours end'),
  officeFrom: time('Enter when people can be met from'),
  officeUntil: time('Enter until when people can be met'),
  receivingOrganisation: optionalText(),
  questionnaires: choices(questionnaires),
  namesOfReaders: tick(),
  calledInMessages: optionalText(40),
  from: day('Enter the day from which this holds'),
  reason: optionalText(),
  version: text('Open this page again from the area'),
})

function numberField(name: keyof typeof settingWords) {
  const { least, most } = settingWords[name]
  return wholeNumber(least, most)
}

function settingsRoutes(app: App, questions: AreaQuestions): void {
  const questionnaires = switchable(questions.questionnaires)
  const surroundings = async (db: Db, area: string, today: Temporal.PlainDate) => {
    const [settings, decisions, found, members] = await Promise.all([
      findSettings(db, area, today),
      listDecisions(db, area),
      questions.organisations(db, area, today),
      questions.names(db, area),
    ])
    return {
      settings,
      decisions: withBefore(decisions).map((one) => ({ ...one, byName: members.get(one.set_by ?? '') ?? null })),
      version: decisionsVersion(decisions),
      organisations: Object.fromEntries(found.map(({ id, name }) => [id, { label: name }])),
      questionnaires,
    }
  }
  const deciding = { who: administrators, draft: 'area-settings' } as const
  app.get('/area/settings', deciding, async ({ db, area, today, form }, reply) =>
    reply.page(<SettingsForm {...await surroundings(db, area, today)} from={today} {...form} />),
  )
  app.post('/area/settings', { ...deciding, form: proposal(questionnaires) }, async (request, reply) => {
    const { db, area, today, form, actor, now } = request
    await holdArea(db, area)
    const around = await surroundings(db, area, today)
    if (!form.ok) return reply.code(422).page(<SettingsForm {...around} from={today} {...form} />)
    const { from, reason, version: seen, ...given } = form.value
    const before = await findSettings(db, area, from)
    const taken =
      before.receivingOrganisation !== given.receivingOrganisation &&
      !mayChooseReceiver(actor, around.settings.receivingOrganisation)
    const problem = problemWith(given, around.organisations, questions) ?? (taken ? notYoursToChoose : undefined)
    if (problem)
      return reply.code(422).page(<SettingsForm {...around} from={today} typed={form.typed} problems={[problem]} />)
    if (seen !== around.version) return reply.code(409).page(<SettingsForm {...around} from={today} {...form} />)
    for (const [name, value] of changedSettings(before, proposed(given))) {
      await saveDecision(db, { area, name, value, fromOn: from, reason, by: actor.membership, at: now })
      await request.act('area.setting', { codes: { name, from: from.toString() } })
    }
    await request.act('area.settings-reviewed')
    request.flash('Saved. What held before stays in the history.')
    return reply.redirect('/area/settings')
  })
}

const notYoursToChoose = {
  field: 'receivingOrganisation',
  message: 'Ask the area lead or the system administrator to change who receives new referrals',
}

type Proposal = ReturnType<typeof proposal>
type Given = Omit<{ [Name in keyof Proposal]: Proposal[Name]['_output'] }, 'from' | 'reason' | 'version'>

function problemWith(
  { quietFrom, quietUntil, officeFrom, officeUntil, receivingOrganisation, calledInMessages: called }: Given,
  organisations: Readonly<Record<string, unknown>>,
  { callingProblem }: AreaQuestions,
) {
  const calling = called === null ? undefined : callingProblem(called)
  if (calling) return { field: 'calledInMessages', message: calling }
  const quiet = quietHoursProblem(quietFrom, quietUntil)
  if (quiet) return { field: 'quietUntil', message: quiet }
  if (officeFrom >= officeUntil) return { field: 'officeUntil', message: 'Enter a time later than the one above' }
  const known = receivingOrganisation === null || receivingOrganisation in organisations
  return known ? undefined : { field: 'receivingOrganisation', message: 'Choose an organisation from the list' }
}

function proposed(given: Given): ProposedSettings {
  const { 'weeks-thrive-in-work': thrive, 'weeks-return-to-work': back, 'weeks-seek-work': seek, ...rest } = given
  return { ...rest, weekLimits: { 'thrive-in-work': thrive, 'return-to-work': back, 'seek-work': seek } }
}
