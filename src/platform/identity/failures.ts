import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'

/** The identity provider does not answer, or not as it must; signing in can be tried again later. */
export class ProviderAway extends Error {}

/** The sign-in was not accepted, by the provider or by us; it has to be begun again. */
export class SignInRefused extends Error {}

const away = [
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
  'OAUTH_PARSE_ERROR',
]

/** Whether a failed sign-in is a matter of the provider's health or of this one sign-in. Its wording never reaches a page. */
export function asOurFailure(cause: unknown): ProviderAway | SignInRefused {
  if (cause instanceof AuthorizationResponseError) {
    const busy = cause.error === 'temporarily_unavailable' || cause.error === 'server_error'
    return busy
      ? new ProviderAway('the provider is busy', { cause })
      : new SignInRefused('the provider refused', { cause })
  }
  // Anything but a bad code means that we are not known as we should be: nobody can sign in until that is put right.
  if (cause instanceof ResponseBodyError) {
    return cause.error === 'invalid_grant'
      ? new SignInRefused('the code was not accepted', { cause })
      : new ProviderAway('the provider does not take our word', { cause })
  }
  if (cause instanceof ClientError) {
    return away.includes(cause.code ?? '')
      ? new ProviderAway('no answer', { cause })
      : new SignInRefused('not to be trusted', { cause })
  }
  return new ProviderAway('no answer', { cause })
}
