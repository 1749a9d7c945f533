import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { makeFolder } from './folder.ts'
import { type BarsSettings, barsSettings, demonstration } from '#platform/bars/rules.ts'
import type { NotifyAccounts } from '#platform/govuk-notify/rules.ts'
import { notifyAccount } from '#platform/govuk-notify/settings.ts'
import type { Mailboxes } from '#platform/mailbox/rules.ts'
import { mailboxShape } from '#platform/mailbox/settings.ts'
import type { MailServer } from '#platform/smtp/sender.ts'

/** An identity provider that staff or participants may sign in with. */
export type Provider = Readonly<{
  key: string
  label: string
  issuer: string
  clientId: string
  clientSecret?: string
  scopes: string
  parameters: Readonly<Record<string, string>>
  /** The key this service proves itself with, where the provider takes no shared secret (NHS login, GOV.UK One Login). */
  clientKey?: Readonly<{ pem: string; algorithm: 'RS256' | 'RS512' | 'PS256' | 'ES256'; keyId?: string }>
  /** How the provider signs what it says of a person; RS256 unless said. */
  idTokenAlgorithm?: string
  /** Claims by which the provider says that a second factor was used: one of the values of each. */
  secondFactor?: Readonly<Record<string, readonly string[]>>
}>

/** An identity provider of participants, and whether it proves an NHS number or has to be confirmed by a code once. */
export type OwnProvider = Provider & Readonly<{ proof: 'nhs-number' | 'code' }>

/** Where an area's own database is: `url` may be a pooler, `directUrl` is the owner's way past it. */
export type AreaAddress = Readonly<{ url: string; directUrl: string }>

/** Everything that differs between one running copy and another, read once at start and never changed. */
export type Settings = Readonly<{
  environment: 'demo' | 'test' | 'production'
  port: number
  host: string
  origin: string
  home: string
  databaseUrl: string | undefined
  databaseDirectUrl: string | undefined
  /** Areas with a database of their own: where pages ask, and where migrations and the queue do. */
  areaDatabases: Readonly<Record<string, AreaAddress>>
  databasePrepared: boolean
  secret: string
  /** A form of the public that comes back sooner than this is looked at by a person first; 0 asks nobody. */
  formSeconds: number
  providers: readonly Provider[]
  /** With which participants may sign in beside a code. */
  ownProviders: readonly OwnProvider[]
  standIn: boolean
  logLevel: string
  metricsToken: string | undefined
  worker: boolean
  /** Accounts at GOV.UK Notify, which carries texts, emails and letters. */
  notify: NotifyAccounts
  /** The mail server for emails that GOV.UK Notify does not carry. */
  mail: MailServer | undefined
  /** Where the forms of practices come in by email, by area. */
  mailboxes: Mailboxes
  /** Whether feeds may be read from addresses of the own network: for development and tests. */
  ownNetwork: boolean
  /** For whom the Booking and Referral Standard is answered. */
  bars: BarsSettings
  /** Where somebody who found a weakness in the service writes: an address that starts with `mailto:` or `https://`. */
  securityContact: string | undefined
}>

/** Why the product will not start, in a sentence for whoever starts it. */
export class SettingsProblem extends Error {}

const provider = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/, 'a provider key is made of small letters, digits and hyphens'),
  label: z.string().min(1),
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().exactOptional(),
  scopes: z.string().default('openid profile email'),
  parameters: z.record(z.string(), z.string()).default({}),
  clientKey: z
    .object({
      pem: z.string(),
      algorithm: z.enum(['RS256', 'RS512', 'PS256', 'ES256']),
      keyId: z.string().exactOptional(),
    })
    .exactOptional(),
  idTokenAlgorithm: z.string().exactOptional(),
  secondFactor: z.record(z.string(), z.array(z.string())).exactOptional(),
})

const ownProvider = provider.extend({ proof: z.enum(['nhs-number', 'code']) })

const json = <T extends z.ZodType>(shape: T, name: string) =>
  z.string().transform((text, context) => {
    try {
      return shape.parse(JSON.parse(text))
    } catch (cause) {
      context.addIssue({ code: 'custom', message: `${whatIsWrong(cause)} (docs/running.md has the shape of ${name})` })
      return z.NEVER
    }
  })

// Where it is wrong and why, but not what was given: it may be a secret.
function whatIsWrong(cause: unknown): string {
  if (!(cause instanceof z.ZodError)) return 'must be JSON'
  const [first] = cause.issues
  const at = first?.path.join('.') ?? ''
  return `${at ? `${at}: ` : ''}${first?.message ?? 'is wrong'}`
}

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
  .refine(
    (url) => URL.canParse(url),
    'must be an address; write signs such as @ : / # in a password as %40 %3A %2F %23',
  )

const areaCode = z.string().regex(/^[a-z0-9-]{2,40}$/, 'an area is named by its code')
const areaAddress = z
  .union([postgresUrl, z.object({ url: postgresUrl, directUrl: postgresUrl.exactOptional() })])
  .transform((given): AreaAddress => {
    const { url, directUrl = url } = typeof given === 'string' ? { url: given } : given
    return { url, directUrl }
  })

const wholePort = 'must be a whole number up to 65535'
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const
const environment = z.object({
  WORKWELL_ENV: z.enum(['demo', 'test', 'production'], 'must be demo, test or production').default('demo'),
  PORT: z.coerce.number(wholePort).int(wholePort).min(0, wholePort).max(65535, wholePort).default(3000),
  HOST: z.string().default('127.0.0.1'),
  WORKWELL_ORIGIN: z.url('must be the address people use, for example https://workwell.example.org').optional(),
  WORKWELL_HOME: z.string().min(1).default('.workwell'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  WORKWELL_AREA_DATABASES: json(z.record(areaCode, areaAddress), 'WORKWELL_AREA_DATABASES').default({}),
  DATABASE_PREPARED: z.enum(['yes', 'no'], 'must be yes or no').default('yes'),
  WORKWELL_SECRET: z.string().min(32, 'must be at least 32 characters').optional(),
  WORKWELL_FORM_SECONDS: z.coerce.number('must be a number of seconds').int().min(0).max(300).default(10),
  WORKWELL_PROVIDERS: json(z.array(provider), 'WORKWELL_PROVIDERS').default([]),
  WORKWELL_OWN_PROVIDERS: json(z.array(ownProvider), 'WORKWELL_OWN_PROVIDERS').default([]),
  WORKWELL_STAND_IN: z.enum(['yes', 'no'], 'must be yes or no').optional(),
  WORKWELL_WORKER: z.enum(['yes', 'no'], 'must be yes or no').default('yes'),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  WORKWELL_NOTIFY: json(
    z.object({ shared: notifyAccount.optional(), areas: z.record(areaCode, notifyAccount).default({}) }),
    'WORKWELL_NOTIFY',
  ).default({ areas: {} }),
  WORKWELL_SMTP: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  WORKWELL_SMTP_FROM: z.string().optional(),
  WORKWELL_MAILBOXES: json(z.record(areaCode, mailboxShape), 'WORKWELL_MAILBOXES').default({}),
  WORKWELL_SECURITY_CONTACT: z
    .string()
    .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'must start with mailto: or https://')
    .optional(),
  WORKWELL_OWN_NETWORK: z.enum(['yes', 'no'], 'must be yes or no').default('no'),
  WORKWELL_BARS: json(barsSettings, 'WORKWELL_BARS').optional(),
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters').optional(),
})

/** Reads and checks the environment once; a wrong value stops the start with one sentence. */
export function readSettings(env: Readonly<Record<string, string | undefined>>, root: string): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const read = environment.safeParse(given)
  if (!read.success) {
    const [first] = read.error.issues
    throw new SettingsProblem(`Setting ${String(first?.path[0])}: ${first?.message ?? 'is wrong'}.`)
  }
  const values = read.data
  const live = values.WORKWELL_ENV === 'production'
  refuseInProduction(live, values)
  const home = resolve(root, values.WORKWELL_HOME)
  return Object.freeze({
    ...{ environment: values.WORKWELL_ENV, port: values.PORT, host: values.HOST, home },
    origin: (values.WORKWELL_ORIGIN ?? `http://localhost:${values.PORT}`).replace(/\/$/, ''),
    databaseUrl: values.DATABASE_URL,
    databaseDirectUrl: values.DATABASE_DIRECT_URL ?? values.DATABASE_URL,
    areaDatabases: values.WORKWELL_AREA_DATABASES,
    databasePrepared: values.DATABASE_PREPARED === 'yes',
    secret: values.WORKWELL_SECRET ?? keptSecret(home),
    formSeconds: values.WORKWELL_FORM_SECONDS,
    ...{ providers: values.WORKWELL_PROVIDERS, ownProviders: values.WORKWELL_OWN_PROVIDERS },
    standIn: !live && values.WORKWELL_STAND_IN !== 'no',
    ...{ logLevel: values.LOG_LEVEL, metricsToken: values.METRICS_TOKEN },
    worker: values.WORKWELL_WORKER === 'yes',
    notify: { shared: values.WORKWELL_NOTIFY.shared, ofArea: values.WORKWELL_NOTIFY.areas },
    ...{ mail: mailServer(values), mailboxes: values.WORKWELL_MAILBOXES },
    securityContact: values.WORKWELL_SECURITY_CONTACT,
    ownNetwork: values.WORKWELL_OWN_NETWORK === 'yes',
    bars: values.WORKWELL_BARS ?? (live ? { services: {} } : demonstration),
  })
}

function mailServer({ WORKWELL_SMTP: url, WORKWELL_SMTP_FROM: from }: z.infer<typeof environment>) {
  if (url === undefined) return undefined
  if (from === undefined) throw new SettingsProblem('Set WORKWELL_SMTP_FROM to the address that emails come from.')
  return { url, from }
}

function refuseInProduction(live: boolean, values: z.infer<typeof environment>): void {
  const accounts = [values.WORKWELL_NOTIFY.shared, ...Object.values(values.WORKWELL_NOTIFY.areas)]
  const refused = {
    'WORKWELL_STAND_IN=yes is refused in production: anybody could sign in as anybody.':
      values.WORKWELL_STAND_IN === 'yes',
    'WORKWELL_OWN_NETWORK=yes is refused in production: a feed could reach what is private.':
      values.WORKWELL_OWN_NETWORK === 'yes',
    'Set WORKWELL_SECRET (at least 32 random characters, the same for every copy).':
      values.WORKWELL_SECRET === undefined,
    'Set WORKWELL_ORIGIN to the https address people use.': !values.WORKWELL_ORIGIN?.startsWith('https://'),
    'WORKWELL_BARS: name the gateway that checks who sends, and what it proves itself with.':
      values.WORKWELL_BARS !== undefined && values.WORKWELL_BARS.gateway === undefined,
    'WORKWELL_MAILBOXES: messages about people are read over imaps only.': Object.values(
      values.WORKWELL_MAILBOXES,
    ).some(({ at }) => 'url' in at && !at.url.startsWith('imaps://')),
    'WORKWELL_NOTIFY: a message about somebody goes over https only.': accounts.some(
      (account) => account && !account.url.startsWith('https://'),
    ),
  }
  const problem = Object.entries(refused).find(([, isRefused]) => isRefused)
  if (live && problem) throw new SettingsProblem(problem[0])
}

/** Outside production a secret is made once and kept beside the data, so that restarts do not sign anybody out. */
function keptSecret(home: string): string {
  const file = join(home, 'secret')
  try {
    if (!existsSync(file)) {
      makeFolder(home)
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
    }
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    throw new SettingsProblem(
      `${home} cannot be written${code}: give it to the user that starts WorkWell, or set WORKWELL_HOME to a folder of theirs.`,
      { cause },
    )
  }
}
