import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { OutsideProblem } from './problems.ts'

// Loopback, private, link-local, shared, documentation, multicast and reserved; in IPv6 also what carries IPv4 inside.
const own4 = [
  ...(['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'] as const),
  ...(['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'] as const),
  ...(['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'] as const),
]
const own6 = [
  ...(['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/32', '2001:db8::/32'] as const),
  ...(['2002::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'] as const),
]
const own = new BlockList()
for (const [ranges, family] of [[own4, 'ipv4'] as const, [own6, 'ipv6'] as const])
  for (const range of ranges) {
    const [start = '', bits = ''] = range.split('/')
    own.addSubnet(start, Number(bits), family)
  }

/** Whether a number on the network is one of the network this product stands in, or of none that can be called. */
export function isOwnNetwork(number: string): boolean {
  const family = isIP(number)
  // A number of IPv4 that is written as one of IPv6 is none that a name is answered with.
  if (family === 0 || /^::ffff:/i.test(number)) return true
  return own.check(number, family === 6 ? 'ipv6' : 'ipv4')
}

/** The number that a host was written as, where it was: such a host is called without being looked up. */
export function numberIn(host: string): string | undefined {
  const bare = host.replace(/^\[|\]$/g, '')
  return isIP(bare) === 0 ? undefined : bare
}

/**
 * Looks a host up for a connection, and refuses it where any of its numbers is of the own network. The number that was
 * looked at is the one that is called, so that a name which is answered differently the second time gains nothing.
 */
export const lookupOutside: LookupFunction = (host, options, done) => {
  resolve(host, { ...options, all: true }, (problem, found) => {
    if (problem) return done(problem, '', 0)
    const [first] = found
    if (!first || found.some(({ address }) => isOwnNetwork(address)))
      return done(new OutsideProblem('own-network'), '', 0)
    return options.all ? done(null, found) : done(null, first.address, first.family)
  })
}
