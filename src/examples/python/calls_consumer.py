"""Keeps the newest record of each call on the topic. Arguments: brokers, topic, group."""

import json
import sys

if len(sys.argv) != 4:
    sys.exit("Usage: calls_consumer.py BROKERS TOPIC GROUP")

from confluent_kafka import Consumer, KafkaError, KafkaException

calls = {}  # in your database, use the statements of docs/examples/calls.sql


def show(line):
    """Callers choose texts: what a terminal obeys, or shows as something else, is escaped."""
    print("".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in line), flush=True)


def upsert(call):
    """A record can come twice, and an older one after a newer one."""
    key = (call["accountId"], call["callId"])
    old = calls.get(key)
    if old is None or (call["epoch"], call["revision"]) > (old["epoch"], old["revision"]):
        calls[key] = call
    # A superseded call is part of the call in supersededBy. Keep the row, so that an older record cannot return.
    show(f"{key[0]}/{key[1]} revision {calls[key]['revision']} {calls[key]['status']}")


consumer = Consumer({
    "bootstrap.servers": sys.argv[1],
    "group.id": sys.argv[3],
    "isolation.level": "read_committed",
    "auto.offset.reset": "earliest",
    "enable.auto.commit": False,
})
consumer.subscribe([sys.argv[2]])
while True:
    for record in consumer.consume(num_messages=500, timeout=1):
        if record.error():
            raise KafkaException(record.error())
        if record.value() is not None:  # someone can delete a call with a tombstone
            upsert(json.loads(record.value()))
    # After the table has stored them. A crash before this reads them again, which changes nothing.
    try:
        consumer.commit(asynchronous=False)
    except KafkaException as e:
        if e.args[0].code() != KafkaError._NO_OFFSET:  # nothing new
            raise
