"""Writes the archives of this folder and what is to be read in them. Own words; python3 make.py"""
import gzip, io, json, pathlib, struct, tarfile, zipfile

HERE = pathlib.Path(__file__).parent
ARABIC = "قُتل ثلاثة جنود في هجوم قرب مدينة غاو."
FRENCH = "Cinq civils ont été tués à Tillabéri."
DAY = (2022, 9, 6, 0, 0, 0)


def write(name, raw, expected):
    (HERE / name).write_bytes(raw)
    (HERE / f"{name}.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in files:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


# A year: folders, Arabic names, another encoding, what systems leave behind, a picture.
write("year.zip", zipped([
    ("2022/أيلول/١.txt", ARABIC.encode()), ("2022/mai/1.txt", FRENCH.encode("windows-1252")), ("__MACOSX/2022/._1.txt", b"x"),
    ("2022/.DS_Store", b"x"), ("2022/mai/photo.jpg", b"\xff\xd8\xff\xe0")]), [
    {"part": "2022/أيلول/١.txt", "text": [ARABIC]}, {"part": "2022/mai/1.txt", "text": [FRENCH]}, {"refused": "scan"}])

# Archives within an archive: two deep are read, more are not (the limit of what is own: three).
inner = zipped([("c.txt", ARABIC.encode())])
for name in ("b.zip", "a.zip"):
    inner = zipped([(name, inner)])
write("nested.zip", inner, [{"part": "a.zip#b.zip#c.txt", "text": [ARABIC]}])
for _ in range(3):
    inner = zipped([("deeper.zip", inner)])
write("deep.zip", inner, [{"refused": "toolarge"}])

# Packed tar, and one packed file.
write("month.tar.gz", gzip.compress(tarred([("5.txt", FRENCH.encode()), ("6.txt", ARABIC.encode())]), mtime=0), [
    {"part": "5.txt", "text": [FRENCH]}, {"part": "6.txt", "text": [ARABIC]}])
write("one.txt.gz", gzip.compress(ARABIC.encode("utf-16"), mtime=0), [{"part": "one.txt", "text": [ARABIC]}])

# Cut off: what was there before is read, the torn file and the archive are told.
whole = tarred([("5.txt", FRENCH.encode()), ("6.txt", ARABIC.encode() * 40)])
write("torn.tar", whole[:2000], [{"part": "5.txt", "text": [FRENCH]}, {"refused": "damaged"}, {"refused": "damaged"}])

# A file that unpacks to more than a report may be: 65 MB of nothing in some kilobytes; the rest is read.
out = io.BytesIO()
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as file:
        for _ in range(65):
            file.write(b"\0" * (1 << 20))
    twice = gzip.compress(packed.getvalue(), 9, mtime=0)
    archive.writestr(zipfile.ZipInfo("bomb.gz.gz", DAY), twice, zipfile.ZIP_DEFLATED)
    archive.writestr(zipfile.ZipInfo("c.txt", DAY), ARABIC.encode(), zipfile.ZIP_DEFLATED)
write("bomb.zip", out.getvalue(), [{"refused": "toolarge"}, {"part": "c.txt", "text": [ARABIC]}])

# Locked: the flag of an encrypted entry.
locked = bytearray(zipped([("c.txt", ARABIC.encode())]))
for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
    start = locked.find(mark)
    struct.pack_into("<H", locked, start + at, struct.unpack_from("<H", locked, start + at)[0] | 1)
write("locked.zip", bytes(locked), [{"refused": "locked"}])
