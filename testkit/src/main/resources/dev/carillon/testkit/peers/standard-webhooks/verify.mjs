// Reads {secret, headers, body} from standard input and prints what the reference library says: {ok} or {ok, reason}.
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'

const { secret, headers, body } = JSON.parse(await text(process.stdin))
try {
  new Webhook(secret).verify(body, headers)
  console.log(JSON.stringify({ ok: true }))
} catch (refused) {
  console.log(JSON.stringify({ ok: false, reason: refused.message }))
}
