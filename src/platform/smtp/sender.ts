import { createTransport } from 'nodemailer'
import type { AnsweredAt } from '#platform/mailbox/rules.ts'
import type { Carried, Sender } from '#platform/notify/rules.ts'

/** Where emails are handed over (`smtps://user:password@host:465`) and from whom they come. */
export type MailServer = Readonly<{ url: string; from: string }>

/** Carries emails by the mail server of whoever runs the service. */
export function mailSender({ url, from }: MailServer, answeredAt: AnsweredAt = () => undefined): Sender {
  const server = createTransport({ url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 })
  return {
    name: 'email',
    carries: ({ channel }) => channel === 'email',
    attaches: () => true,
    send: async (message, { letter }) => {
      const { area, id, address, subject, body } = message
      const replyTo = answeredAt(message)
      try {
        await server.sendMail({
          // As one address and not as a list of them, whatever somebody typed.
          ...{ from, to: { name: '', address }, subject: subject ?? '', text: body },
          ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
          attachments: letter
            ? [{ filename: letter.name, content: letter.content, contentType: 'application/pdf' }]
            : [],
          // The same for a message that is brought twice, by which a mailbox knows it again.
          messageId: `<${area}.${id}@workwell>`,
          // A text alone, no reply by a machine, nothing that could be fetched from elsewhere.
          headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
          disableFileAccess: true,
          disableUrlAccess: true,
        })
        return { sent: true }
      } catch (cause) {
        const refusal = refusalIn(cause)
        if (refusal) return refusal
        throw cause
      }
    },
  }
}

// RFC 5321: 5xx is final for this message; anything else passes. A refused sign-in (535) is ours to mend, not the message's.
function refusalIn(cause: unknown): Carried | undefined {
  const code = cause instanceof Error && 'responseCode' in cause ? Number(cause.responseCode) : 0
  if (code < 500 || code > 599 || code === 530 || code === 535) return undefined
  return { sent: false, reason: `The mail server did not accept the address or the message (${code})` }
}
