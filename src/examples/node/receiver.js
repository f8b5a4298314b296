// Keeps the newest record of each call that comes by webhook. Argument: port. Environment: WEBHOOK_SECRET.
const { createServer } = require('node:http')

if (process.argv.length !== 3 || !process.env.WEBHOOK_SECRET) {
    console.error('Usage: WEBHOOK_SECRET=whsec_... node receiver.js PORT')
    process.exit(2)
}

const { Webhook, WebhookVerificationError } = require('standardwebhooks')

const webhook = new Webhook(process.env.WEBHOOK_SECRET)
const calls = new Map() // in your database, use the statements of docs/examples/calls.sql

// Callers choose texts: what a terminal obeys, or shows as something else, is escaped.
const print = (line) =>
    console.log(line.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (one) => '\\u' + one.codePointAt(0).toString(16).padStart(4, '0')))

const isNewer = (one, other) =>
    one.epoch !== other.epoch ? one.epoch > other.epoch : one.revision > other.revision

function upsert(call) {
    const key = call.accountId + '/' + call.callId
    // A webhook can come twice, and an older revision after a newer one.
    if (!calls.has(key) || isNewer(call, calls.get(key))) calls.set(key, call)
    print(`${key} revision ${calls.get(key).revision} ${calls.get(key).status}`)
    for (const { kind, contentUri, summary } of calls.get(key).artifacts ?? [])
        print(`    ${kind}: ${summary ?? contentUri}`)
}

const server = createServer(async (request, response) => {
    try {
        const chunks = []
        for await (const chunk of request) chunks.push(chunk)
        const event = webhook.verify(Buffer.concat(chunks).toString('utf8'), request.headers)
        const value = event.data ?? event
        if (value.revision !== undefined) upsert(value) // not a live call or a test
        // Answer when the call is stored: what is not answered with 2xx comes again.
        response.writeHead(204).end()
    } catch (error) {
        response.writeHead(error instanceof WebhookVerificationError ? 401 : 500).end()
    }
})
server.listen(Number(process.argv[2]), '127.0.0.1', () =>
    console.log(`http://127.0.0.1:${server.address().port}/calls`))
