import type { FastifyInstance } from 'fastify'
import type { Home } from '#platform/database/router.ts'
import { notifyDoors } from '#platform/govuk-notify/doors.ts'
import { notifySender } from '#platform/govuk-notify/sender.ts'
import type { Parts } from '#platform/http/parts.ts'
import { completeWithLink } from '#platform/link/links.ts'
import type { MayStillGo, Sending } from '#platform/notify/jobs.ts'
import { readableOutbox, type Sender } from '#platform/notify/rules.ts'
import type { Settings } from '#platform/settings.ts'
import { mailSender } from '#platform/smtp/sender.ts'
import { hearArrival, hearReply } from '#registers/means/store.ts'
import { mayStillGo } from '#registers/permissions/store.ts'
import { hasHeardEnough } from '#journey/acknowledgement/store.ts'
import { isStillSo } from '#journey/appointment/store.ts'

/** How messages leave: who is asked whether one may still go, and who carries it. */
export function sending({ settings, log }: Pick<Parts, 'settings' | 'log'>): Sending {
  return {
    mayStillGo: whileTrue,
    completed: completeWithLink(settings),
    senders: sendersOf(settings),
    alarm: (text, of) => log.error(of, text),
  }
}

/** Who carries messages, the first that takes a channel: what is set up, and outside production the readable outbox. */
function sendersOf({ environment, notify, mail }: Settings): Sender[] {
  const kept = environment === 'production' ? [] : [readableOutbox]
  return [notifySender(notify), ...(mail ? [mailSender(mail)] : []), ...kept]
}

/** What is said of an appointment goes only while it is so; whether the person may be reached is asked of all. */
const whileTrue: MayStillGo = async (db, message, now) => {
  if (message.kind.startsWith('appointment.') && !(await isStillSo(db, message, now)))
    return { go: false, reason: 'The appointment has changed since' }
  if (await hasHeardEnough(db, message, now))
    return { go: false, reason: 'This address was told of enough referrals within a day' }
  return mayStillGo(db, message, now)
}

type Coming = Pick<Parts, 'settings' | 'databases' | 'now' | 'log'> &
  Readonly<{ areasIn: (home: Home) => Promise<string[]> }>

/** How what carriers tell and what people write back comes in. */
export function messageDoors(fastify: FastifyInstance, { settings, databases, now, log, areasIn }: Coming): void {
  notifyDoors(fastify, {
    ...{ accounts: settings.notify, databases, now, hearing: { arrived: hearArrival, replied: hearReply } },
    areas: async () => (await Promise.all(databases.homes.map(areasIn))).flat(),
    alarm: (text) => log.error(text),
  })
}
