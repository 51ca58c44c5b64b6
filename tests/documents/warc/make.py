#!/usr/bin/env python3
"""Writes the web archives of this folder, the same bytes each time: python3 make.py"""
import gzip, io, zlib
from pathlib import Path

HERE = Path(__file__).parent

def record(kind, uri, body, content="application/http; msgtype=response", date="2022-09-07T08:00:00Z", version="1.0", extra=()):
    head = [f"WARC/{version}", f"WARC-Type: {kind}", f"WARC-Date: {date}", "WARC-Record-ID: <urn:uuid:0>"]
    if uri:
        head.append(f"WARC-Target-URI: {uri}")
    head += [f"Content-Type: {content}", *extra, f"Content-Length: {len(body)}"]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"

def answer(body, kind="text/html; charset=utf-8", status="200 OK", extra=()):
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}" if kind else "Server: x", *extra]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body

def packed(data):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as file:
        file.write(data)
    return out.getvalue()

def page(title, text, head=""):
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><nav><a href=/>x</a></nav><article><p>{text}</p></article></body></html>"

INFO = record("warcinfo", None, b"software: none\r\n", "application/warc-fields")
ARABIC = "قُتل خمسة جنود في كمين نصبه مسلحون قرب بلدة أنسونغو شرقي مالي، بحسب ما أعلن الجيش في بيان صدر مساء الثلاثاء."
FRENCH = "Trois civils ont été tués mardi près de Djibo, dans le nord du Burkina Faso, selon des sources sécuritaires."

chunks = b"".join(b"%x;x=1\r\n%s\r\n" % (len(c), c) for c in [page("كمين", ARABIC).encode()[i:i + 100] for i in range(0, 1000, 100)] if c) + b"0\r\n\r\n"
plain = (
    INFO
    + record("request", "https://a.example/1", b"GET /1 HTTP/1.1\r\nHost: a.example\r\n\r\n", "application/http; msgtype=request")
    + record("response", "https://a.example/1", answer(chunks, extra=["Transfer-Encoding: chunked"]))
    + record("response", "https://a.example/style.css", answer(b"p{color:red}", "text/css"))
    + record("response", "https://a.example/gone", answer(page("404", "Not found here, not found there.").encode(), status="404 Not Found"))
    + record("metadata", "https://a.example/1", b"fetchTimeMs: 3\r\n", "application/warc-fields")
    + record("revisit", "https://a.example/1", answer(b""), date="2022-09-08T08:00:00Z")
    + record("response", "https://a.example/a.png", answer(b"\x89PNG\r\n\x1a\n", "image/png"))
    + record("response", "https://a.example/1", answer(packed(page("كمين", ARABIC + " وهذه نسخة ثانية.").encode()), extra=["Content-Encoding: gzip"]), date="2022-09-09T10:20:30Z")
)
(HERE / "01-plain-ar.warc").write_bytes(plain)

both = INFO, record("response", "<https://b.example/ar>", answer(page("كمين", ARABIC).encode("cp1256"), "text/html; charset=windows-1256"), version="1.1"), \
    record("response", "https://b.example/fr", answer(zlib.compress(page("Djibo", FRENCH, '<link rel=canonical href="https://b.example/djibo">').encode("latin-1")), "text/html", extra=["content-encoding: deflate"]), version="1.1")
(HERE / "02-records-ar.warc.gz").write_bytes(b"".join(packed(r) for r in both))

rss = '<rss version="2.0"><channel><title>نبأ</title><item><title>كمين</title><guid isPermaLink="false">n1</guid><description>' + ARABIC + '</description></item></channel></rss>'
(HERE / "03-feed-ar.warc").write_bytes(
    record("response", "https://c.example/rss", answer(rss.encode(), "application/rss+xml"))
    + record("response", "https://c.example/a.txt", answer(ARABIC.encode("cp1256"), "text/plain; charset=iso-8859-1"))
    + record("resource", "https://c.example/b.html", page("Djibo", FRENCH).encode(), "text/html"))

bomb = packed(b"<p>" + b"a" * (65 << 20))
(HERE / "04-bomb.warc.gz").write_bytes(
    packed(record("response", "https://d.example/bomb", answer(packed(bomb), extra=["Content-Encoding: gzip, gzip"])))
    + packed(record("response", "https://d.example/ok", answer(page("كمين", ARABIC).encode()))))

(HERE / "05-cut-ar.warc").write_bytes(record("response", "https://e.example/1", answer(page("كمين", ARABIC).encode())) + record("response", "https://e.example/2", answer(page("كمين", ARABIC).encode()))[:-200])
