import { z } from 'zod'
import { type NotifyAccount, readKey } from './rules.ts'

const given = <T extends object>(parts: T) =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))

/** An account at GOV.UK Notify as the settings have it. */
export const notifyAccount = z
  .object({
    key: z.string(),
    templates: z.object({ email: z.uuid(), text: z.uuid(), letter: z.uuid(), file: z.uuid() }).partial(),
    url: z.url().default('https://api.notifications.service.gov.uk'),
    callbackToken: z.string().min(16, 'must be at least 16 characters').optional(),
    replyTo: z.uuid().optional(),
  })
  .transform(({ key, templates, url, callbackToken, replyTo }, context): NotifyAccount => {
    const read = readKey(key)
    if (read) return { ...read, url: url.replace(/\/$/, ''), templates: given(templates), callbackToken, replyTo }
    context.addIssue({
      code: 'custom',
      message: 'the key is not one that GOV.UK Notify gives out (name-service-secret)',
    })
    return z.NEVER
  })
