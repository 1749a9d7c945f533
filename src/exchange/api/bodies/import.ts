import { z } from 'zod'
import { safeWays } from '#journey/newcomer/rules.ts'
import { fitNoteAnswers, mainBarriers, workStatuses } from '#journey/referral/rules.ts'
import { newsWords } from '#journey/referrer/rules.ts'
import { accessNeeds } from '#registers/people/rules.ts'

type CodeList = Readonly<Record<string, Readonly<{ label: string }>>>

/** One of a code list, with what each of its codes means. */
function codeOf<Codes extends CodeList>(list: Codes, text: string) {
  // Checked: the keys of a code list are its codes.
  const codes = Object.keys(list) as [keyof Codes & string, ...(keyof Codes & string)[]]
  const meanings = Object.entries(list).map(([code, { label }]) => `${code} – ${label}`)
  return z.enum(codes).describe(`${text} ${meanings.join('; ')}.`)
}

// What no page could show and no database keeps.
const unprinted = /[^\t\n\r\P{Cc}]/u
const line = (text: string, most = 200) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((said) => !unprinted.test(said), 'This holds characters that are no text')
    .describe(text)
const moment = (text: string) => z.iso.datetime({ offset: true }).describe(text)
const day = (text: string) => z.iso.date().describe(text)

const answers = {
  agreed: { label: 'They were asked, know that you refer them, and agree' },
  'not-asked': { label: 'Nobody has asked them yet: the referral is held until somebody here has' },
  self: { label: 'They filled it in themselves in your app, signed in, and sent it: needs system/Consent.c' },
} as const

const person = z
  .strictObject({
    givenName: line('First name, or names.'),
    familyName: line('Last name.'),
    preferredName: line('What they like to be called, where that is another name.').optional(),
    bornOn: day('Date of birth.'),
    nhsNumber: z
      .string()
      .regex(/^[\d -]{10,14}$/, 'This has to be ten digits')
      .describe('NHS number, ten digits. Leave it out where you do not know it.')
      .optional(),
    nhsNumberVerified: z
      .boolean()
      .describe(
        'Whether you have verified the number. One that is not verified is kept as words, for somebody to check.',
      )
      .optional(),
    phone: line('Telephone number. One of phone, email and address is needed.', 30).optional(),
    email: line('Email address.').optional(),
    address: line('Postal address, without the postcode.', 500).optional(),
    postcode: line('Full postcode.', 10).optional(),
    safeWays: z
      .array(codeOf(safeWays, 'What is safe:'))
      .max(5)
      .describe(
        'What we may do to reach them without putting them at risk, as far as they said so. Without it we only call, and leave no message.',
      )
      .optional(),
    language: line('The language they speak best, where it is not English.', 60).optional(),
    accessNeeds: z
      .array(codeOf(accessNeeds, 'What they need:'))
      .max(20)
      .describe('What they need so that they can take part.')
      .optional(),
    accessNote: line('Anything else about that.', 500).optional(),
    gpPractice: line('Name of their GP practice.').optional(),
  })
  .describe('Whom it is about, and how they are reached.')

/** A referral as another system sends it. */
export const newReferral = z
  .strictObject({
    reference: line(
      'What you call this referral. Each is taken once: the same words again get the same answer, other words under the same reference are refused.',
    ),
    person,
    agreement: codeOf(answers, 'What the person themselves has said:'),
    reason: line('Why you refer them, in a few words. No diagnosis is needed.', 5000).optional(),
    workStatus: codeOf(workStatuses, 'How they stand to work today:').optional(),
    mainBarrier: codeOf(mainBarriers, 'Where the main difficulty lies:').optional(),
    fitNote: codeOf(fitNoteAnswers, 'Whether they have a fit note:').optional(),
    fitNoteEndsOn: day('The last day of the fit note, where they have one.').optional(),
    askedBy: line(
      'Who asks: the name of whoever made the referral with you; nobody where they asked themselves. Your organisation is known by your key.',
    ).optional(),
    wantsToBeTold: z
      .boolean()
      .describe(
        'Whether you wish to be told how it goes on, as far as the person allows. True where it is left out; where they asked themselves, only where they said in your app that you may be told.',
      )
      .optional(),
  })
  .meta({ id: 'NewReferral', description: 'A referral as you send it.' })

export type NewReferral = z.infer<typeof newReferral>

/** That a referral was taken. */
export const takenReferral = z
  .object({
    id: z.uuid().describe('By which you read it back.'),
    address: z.url().describe('Where you read it back.'),
    reference: z.string().describe('What you call it.'),
    ourReference: z.string().describe('What we call it: give it when you ring.'),
    takenAt: moment('When it was taken.'),
  })
  .meta({ id: 'TakenReferral', description: 'That a referral was taken. The same words again get the same answer.' })

export type TakenReferral = z.infer<typeof takenReferral>

/** How far a referral has come, for whoever made it. */
const progressStates = {
  received: { label: 'It has arrived, and nothing more is told' },
  ...{ accepted: newsWords.accepted, started: newsWords.started, ended: newsWords.ended },
  withdrawn: { label: 'You have taken it back' },
} as const satisfies CodeList

const progress = z.object({ state: codeOf(progressStates, 'How far it has come:') })
const support = z.object({
  acceptedOn: day('The day on which they were accepted.'),
  endedOn: day('The day on which support ended, whatever the reason.').optional(),
})

/** A referral as its sender reads it back: what was done, and how it goes on as far as the person allows. */
export const readReferral = z
  .object({
    id: z.uuid().describe('Its id.'),
    reference: z.string().describe('What you call it.'),
    numbering: z
      .string()
      .describe(
        'In which numbering. One of yours by this API has `urn:workwell:senders-own`; by FHIR, the one you sent.',
      ),
    ourReference: z.string().describe('What we call it.'),
    takenAt: moment('When it was taken.'),
    withdrawnAt: z.iso.datetime({ offset: true }).nullable().describe('When you took it back; null where you did not.'),
    changedAt: moment('When anything that you may know of it last changed.'),
    progress: progress
      .describe('Only where your token allows system/Task.rs, and where you wished to be told.')
      .optional(),
    support: support
      .describe(
        'Only where your token allows system/EpisodeOfCare.rs, and while the person allows that you hear how it stands: for a Jobcentre or an employer only where they switched it on.',
      )
      .optional(),
  })
  .meta({ id: 'Referral', description: 'A referral as you read it back. Nothing of the person stands in it.' })

export type ReadReferral = z.infer<typeof readReferral>

/** A page of referrals. */
export const referralPage = z
  .object({
    referrals: z.array(readReferral).describe('In the order in which they were taken.'),
    next: z.url().nullable().describe('The address of the next page; null on the last one.'),
  })
  .meta({
    id: 'ReferralPage',
    description: 'A page of referrals. It can hold fewer than asked for, or none, and go on.',
  })

/** What is looked for in the list. */
export const listQuery = z.strictObject({
  since: moment('Only what changed at that moment or after it, as far as you may know of the change.').optional(),
  limit: z.int().min(1).max(100).describe('How many at most; 50 where it is left out.').optional(),
  reference: line('Only the one that you call so.').optional(),
  after: z.string().min(1).max(200).describe('Stands in the address of the next page.').optional(),
})

/** That a referral is taken back. */
export const newWithdrawal = z
  .strictObject({ why: line('Why, for whoever reads the referral here.', 2000).optional() })
  .meta({ id: 'NewWithdrawal', description: 'That you take a referral back.' })

/** The keys by which a system sees that it was us who told it. */
export const webhookKeys = z
  .object({
    keys: z
      .array(
        z.object({
          kty: z.literal('OKP').describe('Kind of key.'),
          crv: z.literal('Ed25519').describe('On which curve.'),
          x: z.string().describe('The public key.'),
          alg: z.literal('EdDSA').describe('How it signs.'),
          use: z.literal('sig').describe('What for.'),
          kid: z.string().describe('What it is called.'),
        }),
      )
      .describe('Those that sign now: two while one follows the other, and none where you are told nothing.'),
  })
  .meta({ id: 'WebhookKeys', description: 'A JSON Web Key Set (RFC 7517, RFC 8037).' })

/** What a system is told by itself. */
export const webhookEvent = z
  .object({
    type: z
      .enum(['referral.changed', 'webhook.test'])
      .describe('That something that you may read of a referral changed, or that somebody tries whether this works.'),
    timestamp: moment('When it was written, which can be before it was sent.'),
    data: z
      .object({
        id: z.uuid().describe('The id of the referral.').optional(),
        address: z.url().describe('Where it is read.').optional(),
      })
      .describe('Which referral; nothing in a test.'),
  })
  .meta({ id: 'WebhookEvent', description: 'That something changed: nothing of anybody, and not what.' })

/** A fault as it is answered. */
export const problem = z
  .object({
    type: z.url().describe('The part of the readable page that describes this kind.'),
    title: z.string().describe('Which kind it is.'),
    status: z.int().describe('The status of the answer.'),
    detail: z.string().describe('What was wrong, in a sentence.'),
    errors: z
      .array(
        z.object({
          detail: z.string().describe('What is wrong with it.'),
          pointer: z.string().describe('Where it stands in the body (RFC 6901).').optional(),
          parameter: z.string().describe('Which part of the address it is.').optional(),
        }),
      )
      .describe('Each thing that is wrong, where it is about what was sent.')
      .optional(),
  })
  .meta({ id: 'Problem', description: 'Why something is not done (RFC 9457), with nothing of the person in it.' })

/** The description of this API for other programs. */
export const ownDescription = z
  .looseObject({ openapi: z.string().describe('The version of OpenAPI.') })
  .meta({ id: 'OpenAPI', description: 'An OpenAPI document.' })
