const codes = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|57P0\d|08\d{3}|53\d{3}|25006)$/
const words = /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/

/** Whether an error means that the database does not answer or takes nothing now: trying again later may help. */
export function isAway(cause: Error & { code?: string }): boolean {
  return (cause.code !== undefined && codes.test(cause.code)) || words.test(cause.message)
}
