import type { FastifyInstance } from 'fastify'
import { type Settings, SettingsProblem } from '#platform/settings.ts'

/** Opens the port and gives the address; a sentence where it cannot be had. */
export async function listen(
  fastify: FastifyInstance,
  { port, host }: Pick<Settings, 'port' | 'host'>,
): Promise<string> {
  try {
    return await fastify.listen({ port, host })
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const words = problems[code]
    throw words ? new SettingsProblem(words(port, host), { cause }) : cause
  }
}

const problems: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port, host) => `Port ${port} of ${host} is in use: stop what uses it, or set PORT to another.`,
  EACCES: (port) => `Port ${port} may not be opened by this user: set PORT to one from 1024 on.`,
  EADDRNOTAVAIL: (_port, host) => `${host} is no address of this machine: set HOST to one, or to 0.0.0.0 for all.`,
  ENOTFOUND: (_port, host) => `${host} is no address: set HOST to one of this machine, or to 0.0.0.0 for all.`,
}
