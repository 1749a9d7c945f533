import type { Db } from '#platform/database/transaction.ts'
import { day, optionalText, text, wholeNumber } from '#platform/form/fields.ts'
import type { App } from '#platform/http/app.ts'
import { decisionsVersion, withBefore } from '#registers/areas/rules.ts'
import { holdArea, listDecisions, saveDecision } from '#registers/areas/store.ts'
import { listMemberNames } from '#registers/membership/store.ts'
import { MeetingForm } from './pages.tsx'
import { type Meeting, meetingNumbers, type MeetingNumber, meetingProblems, usualMeeting } from './rules.ts'
import { findMeeting } from './store.ts'

const deciding = {
  who: ['administrator', 'service-manager', 'system-administrator', 'area-lead'],
  draft: 'area-meeting',
} as const

const number = (name: MeetingNumber) => {
  const { least = 0, most = 0 } = meetingNumbers.find((one) => one.name === name) ?? {}
  return wholeNumber(least, most)
}

const fields = {
  firstMinutes: number('firstMinutes'),
  supportMinutes: number('supportMinutes'),
  reviewMinutes: number('reviewMinutes'),
  otherMinutes: number('otherMinutes'),
  gapMinutes: number('gapMinutes'),
  soonestHours: number('soonestHours'),
  aheadDays: number('aheadDays'),
  firstReminderDays: number('firstReminderDays'),
  secondReminderDays: number('secondReminderDays'),
  fewestFree: number('fewestFree'),
  fewestFreeWithinDays: number('fewestFreeWithinDays'),
  videoLink: optionalText(),
  from: day('Enter the day from which this holds'),
  reason: optionalText(),
  version: text('Open this page again from the area'),
}

/** How an area meets people, decided from a day on. */
export async function meetingRoutes(app: App): Promise<void> {
  app.get('/area/meeting', deciding, async ({ db, area, today, form }, reply) =>
    reply.page(<MeetingForm {...await surroundings(db, area, today)} {...form} />),
  )
  app.post('/area/meeting', { ...deciding, form: fields }, async (request, reply) => {
    const { db, area, today, form, actor, now } = request
    await holdArea(db, area)
    const around = await surroundings(db, area, today)
    if (!form.ok) return reply.code(422).page(<MeetingForm {...around} {...form} />)
    const { from, reason, version: seen, ...meeting } = form.value
    const problems = meetingProblems(meeting)
    if (problems.length > 0) return reply.code(422).page(<MeetingForm {...around} {...form} problems={problems} />)
    if (seen !== around.version) return reply.code(409).page(<MeetingForm {...around} {...form} />)
    for (const [name, value] of changed(await findMeeting(db, area, from), meeting)) {
      await saveDecision(db, { area, name, value, fromOn: from, reason, by: actor.membership, at: now })
      await request.act('area.setting', { codes: { name, from: from.toString() } })
    }
    await request.act('area.settings-reviewed')
    request.flash('Saved. What held before stays in the history.')
    return reply.redirect('/area/meeting')
  })
}

async function surroundings(db: Db, area: string, today: Temporal.PlainDate) {
  const [meeting, decisions, members] = await Promise.all([
    findMeeting(db, area, today),
    listDecisions(db, area, Object.keys(usualMeeting)),
    listMemberNames(db, area),
  ])
  const usual: Readonly<Record<string, unknown>> = usualMeeting
  return {
    ...{ meeting, version: decisionsVersion(decisions), from: today },
    decisions: withBefore(decisions).map((one) => ({
      ...one,
      before: one.before ?? usual[one.name],
      byName: members.get(one.set_by ?? '') ?? null,
    })),
  }
}

function changed(before: Meeting, meeting: Meeting): [string, unknown][] {
  const known: Readonly<Record<string, unknown>> = before
  return Object.entries(meeting).filter(([name, value]) => known[name] !== value)
}
