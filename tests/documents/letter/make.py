"""Writes the letters of this folder and what is to be read in them. Own words; python3 make.py"""
import base64, json, pathlib
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP

HERE = pathlib.Path(__file__).parent
ARABIC = "قُتل ثلاثة جنود في هجوم شنّه مسلحون على نقطة تفتيش قرب مدينة غاو، وأصيب سبعة آخرون."
SECOND = "وقال مصدر أمني إن المهاجمين فرّوا باتجاه أنسونغو."


def published(at):
    return {"day": at[:10], "at": at, "basis": "metadata"}


def write(name, raw, expected):
    (HERE / name).write_bytes(raw)
    (HERE / f"{name}.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")


def head(subject, sender, date):
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"], message["Date"] = sender, "desk@example.org", subject, date
    message["Message-ID"] = "<one@example.org>"
    return message


# windows-1256, quoted-printable, encoded words.
raw = b"\r\n".join([
    b"Return-Path: <bulletin@example.org>",
    b"Date: Tue, 6 Sep 2022 23:40:00 +0300",
    b"From: " + Header("نشرة الساحل", "windows-1256").encode().encode() + b" <bulletin@example.org>",
    b"Subject: " + Header("هجوم قرب غاو", "windows-1256").encode().encode(),
    b"MIME-Version: 1.0",
    b'Content-Type: text/plain; charset="windows-1256"',
    b"Content-Transfer-Encoding: base64",
    b"",
    base64.b64encode((ARABIC + "\r\n\r\n" + SECOND).encode("windows-1256")),
])
write("arabic-1256.eml", raw, {"title": "هجوم قرب غاو", "source": "نشرة الساحل", "published": published("2022-09-06T23:40:00+03:00"), "text": [ARABIC, SECOND]})

# Broken into lines at 72 characters, an answer below, a signature.
message = head("Re: security update", "Field Office <field@example.org>", "Wed, 07 Sep 2022 08:00:00 +0000")
message.set_content("""\
Armed men attacked a convoy on the road from Ansongo to Ménaka on
Tuesday. Four drivers were abducted and two trucks were burned, the
mayor said.

Short list:
- Gao: calm
- Tessit: shots heard

> On Monday you wrote:
> Twenty people were killed in Talataye.

-- 
Field Office, Gao
""")
write("wrapped-en.eml", message.as_bytes(), {
    "title": "Re: security update", "source": "Field Office", "published": published("2022-09-07T08:00:00Z"),
    "text": ["Armed men attacked a convoy on the road from Ansongo to Ménaka on Tuesday. Four drivers were abducted and two trucks were burned, the mayor said.",
             "Short list:", "- Gao: calm", "- Tessit: shots heard"]})

# A page and nothing else.
message = head("Bulletin du jour", "bulletin@example.org", "Wed, 07 Sep 2022 08:00:00 -0500")
message.set_content("<html><body><p>Cinq civils ont été tués à Tillabéri&nbsp;mardi.</p><p>Les assaillants se sont enfuis vers le Mali.</p></body></html>", subtype="html")
write("page-fr.eml", message.as_bytes(), {
    "title": "Bulletin du jour", "source": "bulletin@example.org", "published": published("2022-09-07T08:00:00-05:00"),
    "text": ["Cinq civils ont été tués à Tillabéri\u00a0mardi.", "Les assaillants se sont enfuis vers le Mali."]})

# Attached: a report under an Arabic name, a logo that is shown in the letter, a picture.
message = head("مرفق التقرير", "مكتب غاو <gao@example.org>", "Wed, 07 Sep 2022 08:00:00 +0000")
message.set_content("التقرير مرفق بهذه الرسالة.")
message.add_attachment(ARABIC.encode(), maintype="text", subtype="plain", filename="تقرير.txt")
message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png", cid="<logo>")
both = {"title": "مرفق التقرير", "source": "مكتب غاو", "published": published("2022-09-07T08:00:00Z")}
write("attached-ar.eml", message.as_bytes(), [{**both, "text": ["التقرير مرفق بهذه الرسالة."]}, {**both, "part": "تقرير.txt", "text": [ARABIC]}])

# Nothing to read.
message = head("(vide)", "bulletin@example.org", "Wed, 07 Sep 2022 08:00:00 +0000")
message.set_content("")
write("empty.eml", message.as_bytes(), {"refused": "empty"})

# A box; a line that begins with «From» is no new letter.
first = head("Premier", "A <a@example.org>", "Tue, 06 Sep 2022 08:00:00 +0000")
first.set_content("Une mine a explosé près de Djibo.\n>From Djibo the wounded were taken to Ouagadougou.")
second = head("ثانٍ", "B <b@example.org>", "Wed, 07 Sep 2022 08:00:00 +0000")
second.set_content(SECOND)
box = b"".join(b"From a@example.org Tue Sep  6 08:00:00 2022\n" + m.as_bytes().replace(b"\r\n", b"\n") + b"\n" for m in (first, second))
write("box.mbox", box, [
    {"part": "1", "title": "Premier", "source": "A", "published": published("2022-09-06T08:00:00Z"), "text": ["Une mine a explosé près de Djibo.", "From Djibo the wounded were taken to Ouagadougou."]},
    {"part": "2", "title": "ثانٍ", "source": "B", "published": published("2022-09-07T08:00:00Z"), "text": [SECOND]}])
