// Signs in, subscribes and prints what happens, one JSON value a line. RingCentralNodeIT says where the server is.
const { SDK } = require('@ringcentral/sdk')
const { Subscriptions } = require('@ringcentral/subscriptions')

const say = (what, value) => console.log(JSON.stringify({ what, value }))

async function main() {
    const [server, account] = process.argv.slice(2)
    const sdk = new SDK({ server, clientId: 'client-' + account, clientSecret: 'secret-' + account })
    await sdk.login({ jwt: 'jwt-' + account })
    say('signedIn')

    const subscriptions = new Subscriptions({ sdk })
    const newExtension = subscriptions.newWsExtension.bind(subscriptions)
    subscriptions.newWsExtension = async () => {
        const extension = await newExtension()
        for (const event of ['autoRecoverSuccess', 'autoRecoverFailed', 'autoRecoverError']) {
            extension.eventEmitter.on(event, () => say(event))
        }
        return extension
    }
    const subscription = subscriptions.createSubscription()
    subscription.on(subscription.events.notification, event => say('notification', event))
    const made = await subscription.setEventFilters(['/restapi/v1.0/account/~/telephony/sessions']).register()
    say('subscribed', made.subscriptionInfo)

    process.stdin.resume()
    process.stdin.on('end', async () => {
        await made.revoke()
        say('revoked')
        process.exit(0)
    })
}

main().catch(error => {
    say('failed', String(error.stack || error))
    process.exit(1)
})
