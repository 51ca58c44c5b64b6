"""What dalil itself says, which the clients must agree with; and how they say whether they do."""

import json
import sys
import urllib.parse
import urllib.request

MISSING = 77


class Server:
    def __init__(self, address: str):
        self.address = address

    def bytes(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path) as answer:
            return answer.read()

    def json(self, path: str):
        return json.loads(self.bytes(path))

    def change(self, method: str, path: str, body) -> None:
        headers = {"Content-Type": "application/json"}
        urllib.request.urlopen(urllib.request.Request(self.address + path, json.dumps(body).encode(), headers, method=method)).close()

    def collections(self) -> list[str]:
        return [c["id"] for c in self.json("/api/collections")["collections"]]

    def matched(self, collection: str, **filters: str) -> int:
        query = urllib.parse.urlencode({**filters, "limit": "1"})
        return self.json(f"/api/collections/{collection}/items?{query}")["numberMatched"]


# What the clients ask for beside everything. The box cuts through the examples, and so does the day.
BBOX = [-6.0, 10.0, 5.0, 20.0]
DRAWN = ["incidents", "mentions", "clusters"]
DATETIME = "2023-01-01/.."


class Told:
    """Counts compared; the exit status at the end."""

    def __init__(self, client: str):
        self.client, self.failed = client, 0

    def same(self, what: str, found, expected) -> None:
        is_same = found == expected
        self.failed += not is_same
        print(f"{self.client}\t{'ok' if is_same else 'WRONG'}\t{what}\t{found}" + ("" if is_same else f"\texpected {expected}"), flush=True)

    def end(self) -> None:
        sys.exit(1 if self.failed else 0)


def missing(what: str) -> None:
    print(f"not there: {what}")
    sys.exit(MISSING)
