// The same as client.js with RingCentral's client for PubNub, which uses PubNub's own. Only the server differs.
const { SDK } = require('@ringcentral/sdk')
const PubNub = require('pubnub')
const { Subscriptions } = require('ringcentral-pubnub')

const say = (what, value) => console.log(JSON.stringify({ what, value }))

async function main() {
    const [server, account] = process.argv.slice(2)
    const sdk = new SDK({ server, clientId: 'client-' + account, clientSecret: 'secret-' + account })
    await sdk.login({ jwt: 'jwt-' + account })

    class PubNubHere extends PubNub {
        constructor(config) {
            super({ ...config, origin: new URL(server).host, ssl: false, uuid: 'test' })
            this.addListener({ status: event => say(event.category) })
        }
    }
    const subscriptions = new Subscriptions({ sdk, PubNub: PubNubHere })
    const subscription = subscriptions.createSubscription()
    subscription.on(subscription.events.notification, event => say('notification', event))
    await subscription.setEventFilters(['/restapi/v1.0/account/~/telephony/sessions']).register()
    say('subscribed', subscription.subscription())

    process.stdin.resume()
    process.stdin.on('end', async () => {
        await subscription.remove()
        say('revoked')
        process.exit(0)
    })
}

main().catch(error => {
    say('failed', String(error.stack || error))
    process.exit(1)
})
