// A directory of identities, kept in memory, and a personal data server that trusts it; both on free loopback ports.
// argv: an empty folder for the data, the secret that signs session tokens. Prints one line of JSON once it answers.
// Ends when its standard input does, so that it never outlives the process that started it, however that one ends.
import { createServer } from 'node:net'
import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'

const [folder, jwtSecret] = process.argv.slice(2)

process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
process.stdin.on('error', () => process.exit(0))

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

async function directory() {
  const { default: plc } = await import('@did-plc/server')
  const port = await freePort()
  await plc.PlcServer.create({ db: plc.Database.mock(), port }).start()
  return `http://localhost:${port}`
}

async function dataServer(directoryUrl) {
  const port = await freePort()
  const blobs = join(folder, 'blobs')
  mkdirSync(blobs, { recursive: true })
  const settings = {
    PORT: port,
    HOSTNAME: 'localhost',
    DEV_MODE: true,
    DATA_DIRECTORY: folder,
    BLOBSTORE_DISK_LOCATION: blobs,
    DID_PLC_URL: directoryUrl,
    SERVICE_HANDLE_DOMAINS: '.test',
    INVITE_REQUIRED: false,
    RATE_LIMITS_ENABLED: false,
    DISABLE_SSRF_PROTECTION: true,
    CRAWLERS: '',
    JWT_SECRET: jwtSecret,
    DPOP_SECRET: randomBytes(32).toString('hex'),
    ADMIN_PASSWORD: randomBytes(16).toString('hex'),
    PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: randomBytes(32).toString('hex'),
  }
  for (const [name, value] of Object.entries(settings)) {
    process.env[`PDS_${name}`] = String(value)
  }
  const pds = await import('@atproto/pds')
  const env = pds.readEnv()
  const server = await pds.PDS.create(pds.envToCfg(env), pds.envToSecrets(env))
  await server.start()
  return `http://localhost:${port}`
}

const url = await dataServer(await directory())
console.log(JSON.stringify({ ready: true, url }))
