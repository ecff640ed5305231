// An OpenID provider on a free loopback port. Prints {url} once it answers. Then each line of its input is a command in JSON, answered by a
// line: {"rotate": "ES256"} has it sign with a new key and forget the one before; {"next": {...}} says what is to be different about the
// next sign-in. Ends when its input does, so that it never outlives the process that started it, however that one ends.
import { createInterface } from 'node:readline'
import { createHmac } from 'node:crypto'
import { OAuth2Server } from 'oauth2-mock-server'

const server = new OAuth2Server()
const { issuer, service } = server
const store = issuer.keys
const allKeys = store.toJSON.bind(store)
const keyOf = store.get.bind(store)
let current
let next = {}
let asked = 0

// One key at a time, as after a rotation; the store itself only ever gets more.
store.get = () => keyOf(current)
store.toJSON = () => {
  asked += 1
  return allKeys().filter(({ kid }) => kid === current)
}

async function rotate(algorithm) {
  current = (await store.generate(algorithm)).kid
}

const encoded = value => Buffer.from(JSON.stringify(value)).toString('base64url')

// What a forger might hand in for a token that the provider did sign.
const forgeries = {
  tampered([header, payload, signature]) {
    const claims = JSON.parse(Buffer.from(payload, 'base64url'))
    return [header, encoded({ ...claims, sub: 'somebody-else' }), signature]
  },
  unsigned([, payload]) {
    return [encoded({ alg: 'none' }), payload, '']
  },
  // Signed by what everybody knows: the public key, taken for a shared secret.
  hmac([, payload]) {
    const header = encoded({ alg: 'HS256', kid: current })
    const signature = createHmac('sha256', JSON.stringify(store.toJSON()[0])).update(`${header}.${payload}`)
    return [header, payload, signature.digest('base64url')]
  },
}

service.on('beforeWellKnownOpenIdConfiguration', ({ body }) => {
  body.token_endpoint_auth_methods_supported = [next.auth ?? 'client_secret_basic']
  body.id_token_signing_alg_values_supported = ['RS256', 'ES256', 'HS256', 'none']
  body.authorization_response_iss_parameter_supported = true
})
service.on('beforeAuthorizeRedirect', ({ url }) => {
  if (next.error) {
    url.searchParams.delete('code')
    url.searchParams.set('error', next.error)
    url.searchParams.set('error_description', next.errorDescription ?? '')
  }
  url.searchParams.set('iss', next.iss ?? issuer.url)
  url.searchParams.set('session_state', 'what nobody asked for')
})
service.on('beforeTokenSigning', ({ header, payload }) => {
  if (payload.scope === undefined) {
    Object.assign(payload, { sub: 'subject-1', email: 'ada@example.com', email_verified: true, name: 'Ada' }, next.claims)
    Object.assign(header, next.header)
    for (const name of next.without ?? []) {
      delete payload[name]
    }
  }
})
service.on('beforeResponse', response => {
  if (next.forge) {
    response.body.id_token = forgeries[next.forge](response.body.id_token.split('.')).join('.')
  }
  if (next.tokenStatus) {
    response.statusCode = next.tokenStatus
    response.body = next.tokenBody
  }
})
service.on('beforeUserinfo', response => {
  response.body = next.userinfo ?? response.body
})

await rotate('RS256')
await server.start(0, '127.0.0.1')
console.log(JSON.stringify({ url: issuer.url }))

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line)
  if (command.rotate) {
    await rotate(command.rotate)
  }
  next = command.next ?? {}
  console.log(JSON.stringify({ keysAsked: asked }))
}
process.exit(0)
