"""Checks calls without Callweave: needs Python 3.9, two exports, and no library.

  verify.py table OWN CALLS          your table against the calls: rows that are missing, old, superseded or unknown
  verify.py digest CALLS WINDOWS     the calls against recordsDigest of the hourly windows
  verify.py facts CALLS NOTIFICATIONS   times and status of complete calls, computed again from the notifications

OWN is CSV with headings or NDJSON with callId, accountId, revision, epoch, startTime (or call_id …), and maybe status.
CALLS is `callweave export --revisions`, WINDOWS `callweave export --what windows`, both as NDJSON. NOTIFICATIONS is what the
topic has, one a line: `kafka-console-consumer --topic callweave.notifications --from-beginning`. Each difference is a line.
Exit status: 0 there are none, 1 there are differences, 2 a file cannot be used.
"""

import contextlib
import csv
import hashlib
import itertools
import json
import re
import sys
from datetime import datetime, timedelta

FINAL = {"disconnected", "gone"}
ASIDE = {"supervisor", "bridge"}
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
UNUSABLE = csv.Error, ValueError, LookupError, TypeError, AttributeError


def show(*words, to=sys.stdout):
    """Callers choose texts: what a terminal obeys, or shows as something else, is escaped."""
    print("".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in " ".join(map(str, words))), file=to)


def read(file):
    global reading  # for what is said of a fault
    reading = file
    with open(file, encoding="utf-8-sig", newline="") as lines:
        yield from lines


def rows(file):
    """Of each call the newest row: the greatest (epoch, revision)."""
    newest = {}
    for row in csv.DictReader(read(file)) if file.endswith(".csv") else map(json.loads, read(file)):
        row = {name.replace("_", "").lower(): value for name, value in row.items()}
        key = (row["accountid"], row["callid"])
        version = (int(float(row["epoch"])), int(float(row["revision"])))
        if key not in newest or version > newest[key][0]:
            newest[key] = version, row.get("status") == "superseded", row["starttime"]
    return newest


def table(own, ours):
    own, ours = rows(own), rows(ours)
    for key in sorted(own.keys() | ours.keys()):
        mine, theirs = own.get(key), ours.get(key)
        if theirs is None or mine and mine[0] > theirs[0]:
            what = None if theirs is None and mine[1] else "unknown"
        elif theirs[1]:
            what = "superseded" if mine and not mine[1] else None
        else:
            what = "missing" if mine is None else "old" if theirs[0] > mine[0] else None
        if what:
            yield key, what


def digest(calls, windows):
    sums = {}
    for (account, call), ((epoch, revision), superseded, start) in rows(calls).items():
        if not superseded:
            records, total = sums.get((account, start[:13]), (0, 0))
            text = f"{call}|{epoch}|{revision}".encode()
            number = int.from_bytes(hashlib.sha256(text).digest()[:8], "big")
            sums[account, start[:13]] = records + 1, (total + number) % 2**64
    for window in map(json.loads, read(windows)):
        hour = window["accountId"], window["windowStart"][:13]
        records, total = sums.pop(hour, (0, 0)) if window.get("recordsDigest") else (0, 0)
        if window.get("recordsDigest") and f"{total:016x}" != window["recordsDigest"]:
            yield hour, f"{records} calls, the window says {window['records']}, or other revisions"
    for hour, (records, _) in sums.items():
        yield hour, f"{records} calls, and no window"


def millis(text):
    """Truncated, as Callweave does."""
    head, fraction, zone = re.fullmatch(r"([^.]+?)(?:\.(\d*))?(Z|[+-]\d\d:\d\d)", text).groups()
    seconds = (datetime.fromisoformat(head + zone.replace("Z", "+00:00")) - EPOCH) // timedelta(seconds=1)
    return 1000 * seconds + int(((fraction or "") + "000")[:3])


def party_events(file):
    """By account, session, party: {sequence: (time, status, reason, party)}; and sessions that contradict themselves."""
    accounts, contradicting = {}, set()
    for line in read(file):
        with contextlib.suppress(*UNUSABLE):
            envelope = json.loads(line)
            envelope = envelope[-1] if isinstance(envelope, list) else envelope
            envelope = envelope.get("pn_apns") or envelope
            body, path = envelope.get("body") or {}, str(envelope.get("event")).split("/")
            account = path[path.index("account") + 1] if "account" in path else "~"
            for party in body.get("parties") or []:
                status = party.get("status") or {}
                if body.get("telephonySessionId") and party.get("id") and status.get("code"):
                    owner = body.get("accountId") or party.get("accountId") if account == "~" else account
                    session = str(body["telephonySessionId"])
                    word = status["code"].lower().replace("voicemailscreening", "vmscreening")
                    event = millis(body["eventTime"]), word, status.get("reason"), party
                    parties = accounts.setdefault(str(owner), {}).setdefault(session, {})
                    if parties.setdefault(str(party["id"]), {}).setdefault(body["sequence"], event) != event:
                        contradicting.add(session)
    return accounts, contradicting


def runs(events):
    """[(status, start, end)] of a party, in sequence order; the end of the last one is None."""
    ordered = [(status, time) for _, (time, status, _, _) in sorted(events.items())]
    begun = [run for before, run in zip([(None, 0), *ordered], ordered) if before[0] != run[0]]
    ends = [time for _, time in begun[1:]]
    return [(status, start, end and max(start, end)) for (status, start), end in zip(begun, [*ends, None])]


def union(intervals, without=()):
    """Milliseconds in one of the intervals and in none of the others."""
    edges = sorted({edge for interval in [*intervals, *without] for edge in interval})
    inside = lambda a, many: any(start <= a < end for start, end in many)
    return sum(b - a for a, b in zip(edges, edges[1:]) if inside(a, intervals) and not inside(a, without))


def computed(call, sessions):
    """Times and status, or None if a notification is missing. Roles and directions are those of the record."""
    of = {(p["telephonySessionId"], p["partyId"]): p for p in call["parties"]}
    events = {(s["telephonySessionId"], party): found for s in call["sessions"]
              for party, found in sessions.get(s["telephonySessionId"], {}).items()}
    if events.keys() != of.keys():
        return None
    people = {key: found for key, found in events.items() if of[key]["role"] != "supervisor"} or events
    statuses = {key: runs(found) for key, found in events.items()}

    def over(key):  # since when
        final = list(itertools.takewhile(lambda run: run[0] in FINAL, reversed(statuses[key])))
        return final[-1][1] if final else None

    end = max(over(key) or max(e[0] for e in found.values()) for key, found in people.items())
    still_there = any(over(key) is None for key in events)
    numbers = [{n for found in sessions[s["telephonySessionId"]].values() for n in found} for s in call["sessions"]]
    missing = any(len(seen | {0, 1}) <= max(seen) for seen in numbers)
    unseen = any((e[3]["status"].get("peerId") or {}).get("telephonySessionId", session) not in sessions
                 and e[2] != "Supervising" for (session, _), found in events.items() for e in found.values())

    def answering(key):
        party, found, session = of[key], events[key], key[0]
        first = min((k for k in events if k[0] == session), key=lambda k: min(events[k]))
        words = {k: next((e[3]["ringOutRole"] for _, e in sorted(events[k].items(), reverse=True)
                          if e[3].get("ringOutRole")), None) for k in events if k[0] == session}
        ring_out = next(s["origin"] for s in call["sessions"] if s["telephonySessionId"] == session) == "RingOut"
        initiator = ring_out and (words[key] == "Initiator" if any(words.values()) else key == first)
        menu = party["endReason"] == "CallerInputRedirect" and all(e[1] != "proceeding" for e in found.values())
        called = any(of[k]["direction"] == "Inbound" and of[k]["role"] not in ASIDE for k in words)
        return party["role"] not in ASIDE | {"queue"} and not menu and not initiator and (
            party["direction"] == "Inbound" or any(e[2] == "TakeOver" for e in found.values())
            or party["extensionId"] is not None and not called)

    def spans(keys, *wanted):
        return [(start, till or end) for key in keys for status, start, till in statuses[key] if status in wanted]

    answerers = [key for key in events if answering(key)]
    answers = [e[0] for key in answerers for e in events[key].values() if e[1] == "answered"]
    idle, start = spans(people, "hold", "parked"), min(time for found in events.values() for time, *_ in found.values())
    return {
        "status": "partial" if still_there or missing or unseen else "complete",
        "startTime": start, "endTime": end, "durationMs": max(0, end - start),
        "answerTime": min(answers, default=None), "timeToAnswerMs": max(0, min(answers) - start) if answers else None,
        "talkMs": union(spans(answerers, "answered"), idle),
        "holdMs": union(spans(people, "hold")), "parkMs": union(spans(people, "parked")),
    }


def facts(calls, notifications):
    accounts, contradicting = party_events(notifications)
    newest = {key: version for key, (version, *_) in rows(calls).items()}
    for call in map(json.loads, read(calls)):
        key = call["accountId"], call["callId"]
        if newest[key] != (call["epoch"], call["revision"]) or call["status"] != "complete":
            continue
        ids = {s["telephonySessionId"] for s in call["sessions"]}
        again = None if ids & contradicting else computed(call, accounts.get(call["accountId"], {}))
        if again is None:
            show(*key, "cannot be computed from these notifications", to=sys.stderr)
        for field, value in (again or {}).items():
            said = call[field]
            if (millis(said) if said and field.endswith("Time") else said) != value:
                yield key, f"{field} is {said}, computed again {value}"


if __name__ == "__main__":
    checks, differences = {"table": table, "digest": digest, "facts": facts}, 0
    if len(sys.argv) != 4 or sys.argv[1] not in checks:
        sys.exit(print(__doc__, file=sys.stderr) or 2)
    try:
        for (one, other), what in checks[sys.argv[1]](*sys.argv[2:]):
            show(one, other, what)
            differences += 1
    except (FileNotFoundError, IsADirectoryError, PermissionError, *UNUSABLE) as fault:
        reason = getattr(fault, "strerror", None) or f"{type(fault).__name__} {fault}"
        sys.exit(show(f"verify.py: {reading} cannot be used: {reason}; see verify.py --help", to=sys.stderr) or 2)
    sys.exit(1 if differences else 0)
