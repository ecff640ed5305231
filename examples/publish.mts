// Publish one post through Carillon and print its link.
//
//   CARILLON_URL=http://127.0.0.1:8080 CARILLON_API_KEY=crl_test_... \
//     node --experimental-strip-types publish.mts "Hello from TypeScript"
//
// Needs Node.js 22.6 or newer and no package; Node.js 22.18 and newer do not need the flag. Exits with 0 when the post is
// published, otherwise with 1.

const url = (process.env.CARILLON_URL ?? 'http://127.0.0.1:8080').replace(/\/+$/, '')
const key = process.env.CARILLON_API_KEY ?? ''

const attempts = 5
const waitSeconds = 30 // how long Carillon waits for the outcome before it replies; at most 60
const temporary = new Set([429, 502, 503, 504])

/** What is wrong, also in the platform's words if it gave any, and what to do about it. */
type Problem = { code?: string; message?: string; platform_message?: string | null; suggested_action?: string }
type Account = { id: string }
type Post = { publications: { status: string; permalink: string | null; error: Problem | null }[] }

/** Carillon understood the request and refused it, or the post was not published. */
class Refused extends Error {}

/** Publishes the text and returns its link. */
async function publish(text: string, accountId: string): Promise<string> {
  const post = { text, targets: [{ account_id: accountId }], publish: 'now', wait: waitSeconds }
  // One key per post, created before the first attempt: repeated requests with the same key create one post only.
  // Use an id from your own data, such as "release-42", to be safe across restarts of your program too.
  const idempotencyKey = crypto.randomUUID()
  let accepted = await call<Post>('POST', '/v1/posts', post, idempotencyKey)
  for (let attempt = 1; accepted.status === 202 && attempt < attempts; attempt++) {
    // 202: not finished yet, for example because the platform asked for a pause. The same request waits again.
    accepted = await call<Post>('POST', '/v1/posts', post, idempotencyKey)
  }
  const [publication] = accepted.body.publications
  if (publication.status === 'published') return publication.permalink ?? ''
  throw new Refused(explain(publication.error, `The post is ${publication.status}; check it again later.`))
}

/** Sends a request and returns its reply. Retries after network errors and temporary refusals. */
async function call<T>(
  method: string,
  path: string,
  body: unknown,
  idempotencyKey?: string,
): Promise<{ status: number; body: T }> {
  const headers = new Headers({ authorization: `Bearer ${key}`, 'content-type': 'application/json' })
  if (idempotencyKey) headers.set('idempotency-key', idempotencyKey)
  let reason = ''
  for (let attempt = 1; attempt <= attempts; attempt++) {
    let pause = 2 ** (attempt - 1)
    try {
      const reply = await fetch(url + path, {
        method,
        headers,
        body: JSON.stringify(body),
        signal: AbortSignal.timeout((waitSeconds + 15) * 1000),
      })
      if (reply.ok) return { status: reply.status, body: (await reply.json()) as T }
      // A proxy in between may answer with something other than JSON.
      const problem = (await reply.json().catch(() => null)) as Problem | null
      reason = explain(problem, `${url} answered ${reply.status}.`)
      if (!temporary.has(reply.status) && problem?.code !== 'idempotency_in_progress') throw new Refused(reason)
      pause = Number(reply.headers.get('retry-after') ?? pause)
    } catch (error) {
      if (error instanceof Refused) throw error
      reason = `${url} did not answer: ${error}` // no connection, no answer, or an incomplete answer
    }
    if (attempt < attempts) await new Promise((resolve) => setTimeout(resolve, pause * 1000))
  }
  throw new Refused(reason)
}

function explain(problem: Problem | null, otherwise: string): string {
  const lines = [problem?.message, problem?.platform_message, problem?.suggested_action].filter(Boolean)
  return lines.join('\n') || otherwise
}

try {
  const text = process.argv[2] ?? `Hello from TypeScript at ${new Date().toLocaleTimeString('en-GB')}`
  // In test mode, an account needs only a username. Connecting the same username again returns the same account.
  const account = await call<Account>('POST', '/v1/accounts', { platform: 'sandbox', username: 'example' })
  console.log(await publish(text, account.body.id))
} catch (error) {
  if (!(error instanceof Refused)) throw error
  console.error(error.message)
  process.exitCode = 1
}
