"""Publish one post through Carillon and print its link.

    CARILLON_URL=http://127.0.0.1:8080 CARILLON_API_KEY=crl_test_... python3 publish.py "Hello from Python"

Needs Python 3.9 or newer and no library. Exits with 0 when the post is published, otherwise with 1.
"""

import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("CARILLON_URL", "http://127.0.0.1:8080").rstrip("/")
KEY = os.environ.get("CARILLON_API_KEY", "")

ATTEMPTS = 5
WAIT_SECONDS = 30  # how long Carillon waits for the outcome before it replies; at most 60
TEMPORARY = {429, 502, 503, 504}


class Refused(Exception):
    """Carillon understood the request and refused it, or the post was not published."""


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else f"Hello from Python at {time.strftime('%H:%M:%S')}"
    try:
        # In test mode, an account needs only a username. Connecting the same username again returns the same account.
        account, _ = call("POST", "/v1/accounts", {"platform": "sandbox", "username": "example"})
        print(publish(text, account["id"]))
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


def publish(text, account_id):
    """Publish the text and return its link."""
    post = {"text": text, "targets": [{"account_id": account_id}], "publish": "now", "wait": WAIT_SECONDS}
    # One key per post, created before the first attempt: repeated requests with the same key create one post only.
    # Use an id from your own data, such as "release-42", to be safe across restarts of your program too.
    key = str(uuid.uuid4())
    for _ in range(ATTEMPTS):
        accepted, status = call("POST", "/v1/posts", post, key)
        if status != 202:
            break
        # 202: not finished yet, for example because the platform asked for a pause. The same request waits again.
    publication = accepted["publications"][0]
    if publication["status"] == "published":
        return publication["permalink"]
    raise Refused(explain(publication["error"], f"The post is {publication['status']}; check it again later."))


def call(method, path, body, idempotency_key=None):
    """Send a request and return its reply and status. Retries after network errors and temporary refusals."""
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    if idempotency_key:
        headers["Idempotency-Key"] = idempotency_key
    request = urllib.request.Request(URL + path, json.dumps(body).encode(), headers, method=method)
    for attempt in range(1, ATTEMPTS + 1):
        pause = 2 ** (attempt - 1)
        try:
            with urllib.request.urlopen(request, timeout=WAIT_SECONDS + 15) as reply:
                return json.load(reply), reply.status
        except urllib.error.HTTPError as error:
            problem = read_problem(error)
            if error.code not in TEMPORARY and problem.get("code") != "idempotency_in_progress":
                raise Refused(explain(problem, str(error))) from None
            reason = explain(problem, str(error))
            pause = int(error.headers.get("Retry-After", pause))
        except (OSError, http.client.HTTPException) as error:  # no connection, no answer, or an incomplete answer
            reason = f"{URL} did not answer: {error}"
        if attempt < ATTEMPTS:
            time.sleep(pause)
    raise Refused(reason)


def read_problem(error):
    """Read an error reply; a proxy in between may answer with something other than JSON."""
    try:
        return json.load(error)
    except ValueError:
        return {}


def explain(problem, otherwise):
    """What is wrong, also in the platform's words if it gave any, and what to do about it."""
    lines = [problem.get(field) for field in ("message", "platform_message", "suggested_action")] if problem else []
    return "\n".join(line for line in lines if line) or otherwise


if __name__ == "__main__":
    sys.exit(main())
