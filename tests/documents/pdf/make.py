#!/usr/bin/env python3
"""Makes the PDFs of this folder and what is to be read in them, from the texts below.

Needs chromium, the font DejaVu Sans (Debian: fonts-dejavu-core), and from PyPI
reportlab, pypdf, arabic-reshaper, python-bidi. Run in this folder. The font may be embedded (licence of Bitstream Vera, public domain changes).
"""
import json
import os
import subprocess
import sys
import tempfile

import arabic_reshaper
from bidi.algorithm import get_display
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from reportlab.pdfgen.canvas import Canvas
from reportlab import rl_config

rl_config.invariant = 1
REPORTS = "../../../examples/reports/"
pdfmetrics.registerFont(TTFont("DejaVu", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))


def paragraphs(name):
    return [p.strip() for p in open(REPORTS + name, encoding="utf-8").read().split("\n") if p.strip()]


def golden(name, text, **facts):
    found = {**facts, "text": "\n".join(text)} if text is not None else facts
    with open(name + ".json", "w", encoding="utf-8") as out:
        json.dump(found, out, ensure_ascii=False, indent=1)
        out.write("\n")


def chromium(name, html, title, lang):
    with tempfile.TemporaryDirectory() as folder:
        page = os.path.join(folder, "page.html")
        open(page, "w", encoding="utf-8").write(html)
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                        "--export-tagged-pdf=false", f"--print-to-pdf={folder}/out.pdf", "file://" + page], check=True, stderr=subprocess.DEVNULL)
        writer = PdfWriter()
        writer.append(PdfReader(f"{folder}/out.pdf"))
    # The day must not be that of the making.
    writer.metadata = {"/Title": title, "/CreationDate": "D:20220910101500+00'00'"}
    from pypdf.generic import NameObject, TextStringObject
    writer._root_object[NameObject("/Lang")] = TextStringObject(lang)
    for page in writer.pages:
        page.compress_content_streams()
    writer.write(name)


FILE_DAY = {"day": "2022-09-10", "at": "2022-09-10T10:15:00+00:00", "basis": "file"}
STYLE = "body{font:11pt 'DejaVu Sans';margin:0} h1{font-size:17pt} p{text-align:justify}"

# A report as a browser or a word processor prints it: letters joined by the font, right to left.
ar = paragraphs("01-talataye-ar.txt")
html = f"<html lang=ar dir=rtl><meta charset=utf-8><style>{STYLE}</style><h1>{ar[0]}</h1>" + "".join(f"<p>{p}</p>" for p in ar[1:])
chromium("report-ar.pdf", html, ar[0], "ar")
golden("report-ar.pdf", ar, title=ar[0], published=FILE_DAY, lang="ar")

# Two columns, the right one first; numbers in both sets of figures, Latin words, brackets, quotation marks.
BULLETIN = [
    "نشرة الحوادث الأسبوعية",
    "قُتل 12 مدنياً وأصيب ٢٥ آخرون في هجوم شنه مسلحون على قرية تقع على بعد 7.5 كيلومترات من مدينة غاو (شمال مالي) يوم 6/9/2022، بحسب ما أفادت به مصادر محلية.",
    "وقالت منظمة Human Rights Watch إن المهاجمين وصلوا على متن دراجات نارية عند الساعة 10:30 صباحاً، وإنهم أحرقوا «السوق الكبير» قبل أن ينسحبوا نحو الشرق.",
    "وفي منطقة ميناكا أعلنت قوة G5 Sahel مقتل ١٧ مسلحاً في عملية استمرت يومين، فيما نزح نحو 50% من السكان إلى البلدات المجاورة خلال الفترة 2020-2022.",
    "وأكد المتحدث باسم الجيش أن التحقيق مستمر لمعرفة هوية المهاجمين الذين استخدموا بنادق من طراز AK-47 وقذائف محلية الصنع.",
]
html = (f"<html lang=ar dir=rtl><meta charset=utf-8><style>{STYLE} @page{{size:A5}} div{{columns:2;column-gap:8mm}} p{{margin:0 0 3mm}}</style><h1>{BULLETIN[0]}</h1><div>"
        + "".join(f"<p>{p}</p>" for p in BULLETIN[1:]) + "</div>")
chromium("columns-ar.pdf", html, "Microsoft Word - نشرة.docx", "ar-ML")
golden("columns-ar.pdf", BULLETIN, published=FILE_DAY, lang="ar-ML")


def new(name, **facts):
    c = Canvas(name, pagesize=(420, 595), pageCompression=1)
    c.setTitle(facts.get("title", ""))
    c.setAuthor(facts.get("author", ""))
    if facts.get("lang"):
        c._doc.Catalog.Lang = PDFString(facts["lang"])
    return c


MADE = {"day": "2000-01-01", "at": "2000-01-01T00:00:00+00:00", "basis": "file"}


def filled(words, width, font, size, drawn=str):
    """Lines as a program fills them."""
    lines, line = [], ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and pdfmetrics.stringWidth(drawn(longer), font, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return lines + [line]


# Arabic as old programs write it: letters in their joined forms, each line reversed.
c = new("visual-ar.pdf", title=ar[0])
shape = arabic_reshaper.ArabicReshaper({"support_ligatures": True})
y = 560
for number, paragraph in enumerate(ar[:3]):
    size = 15 if number == 0 else 10
    c.setFont("DejaVu", size)
    plain = "".join(ch for ch in paragraph)
    for line in filled(plain, 350, "DejaVu", size, shape.reshape):
        c.drawRightString(385, y, get_display(shape.reshape(line), base_dir="R"))
        y -= size * 1.5
    y -= 10
c.save()
golden("visual-ar.pdf", ["".join(ch for ch in p if not "\u064b" <= ch <= "\u0652") for p in ar[:3]], title=ar[0], published=MADE)

# Plain letters, each line reversed by hand: no joined forms to tell it.
SHORT = ["قتل ثلاثة جنود في هجوم قرب مدينة غاو يوم الثلاثاء، وقالت السلطات المحلية إن القافلة كانت في طريقها إلى القاعدة.",
         "وأعلنت الجماعة مسؤوليتها عن الهجوم في بيان نشرته في اليوم التالي."]
c = new("reversed-ar.pdf")
y = 560
c.setFont("DejaVu", 10)
for paragraph in SHORT:
    for line in filled(paragraph, 300, "DejaVu", 10):
        c.drawRightString(385, y, line[::-1])
        y -= 15
    y -= 12
c.save()
golden("reversed-ar.pdf", SHORT, published=MADE)

# A program that knows no Arabic sets the letters one after the other from the left.
c = new("naive-ar.pdf")
y = 560
c.setFont("DejaVu", 10)
for paragraph in SHORT:
    for line in filled(paragraph, 300, "DejaVu", 10):
        c.drawString(35, y, line)
        y -= 15
    y -= 12
c.save()
golden("naive-ar.pdf", SHORT, published=MADE)

# Two columns whose lines do not stand at the same heights, words broken at line ends, a ligature, spaces that do not break.
LEFT = ["Des hommes armés ont attaqué samedi le vil-", "lage de Solhan, dans la province du Yagha.", "Le bilan est de 132 morts selon le gouver-", "nement, de 160 selon des sources locales.",
        "   Une quarantaine de blessés ont été éva-", "cués vers Dori. Le maire a con\ufb01é que des", "habitants du Moyen-Yagha ont fui, peut-"]
RIGHT = ["être vers Sebba, et que d’autres se-", "raient restés. Le peut-être du maire in-", "quiète les familles à l’est du Moyen-", "Yagha, où l’on attend des nouvelles.",
         "   Un deuil national a été décrété au", "Burkina\u00a0Faso\u00a0: il dure trois jours."]
c = new("columns-fr.pdf", title="Bulletin du Sahel", author="Rédaction", lang="fr-BF")
c.setFont("DejaVu", 16)
c.drawString(35, 540, "Bulletin du Sahel, 7 juin 2021")
c.setFont("DejaVu", 8)
for x, top, lines in ((30, 505, LEFT), (232, 501, RIGHT)):
    for number, line in enumerate(lines):
        indent = 10 if line.startswith("   ") else 0
        c.drawString(x + indent, top - 11 * number, line.strip(" "))
c.save()
golden("columns-fr.pdf", ["Bulletin du Sahel, 7 juin 2021",
       "Des hommes armés ont attaqué samedi le village de Solhan, dans la province du Yagha. Le bilan est de 132 morts selon le gouvernement, de 160 selon des sources locales.",
       "Une quarantaine de blessés ont été évacués vers Dori. Le maire a confié que des habitants du Moyen-Yagha ont fui, peut-être vers Sebba, et que d’autres seraient restés. "
       "Le peut-être du maire inquiète les familles à l’est du Moyen-Yagha, où l’on attend des nouvelles.",
       "Un deuil national a été décrété au Burkina Faso : il dure trois jours."],
       title="Bulletin du Sahel", author="Rédaction", lang="fr-BF", published=MADE)

# Four pages with a head, a foot and numbers; a paragraph that goes on over the page.
en = paragraphs("03-palma-en.txt")
c = new("heads-en.pdf", title=en[0])
lines = [(17, "Helvetica-Bold", en[0])]
pieces = []
for paragraph in en[1:]:
    pieces.append(("Helvetica", 11, filled(paragraph, 330, "Helvetica", 11)))
flow = [("Helvetica-Bold", 15, line, 20) for line in filled(en[0], 330, "Helvetica-Bold", 15)]
flow[-1] = flow[-1][:3] + (34,)
for font, size, text in pieces:
    flow += [(font, size, line, 15) for line in text[:-1]] + [(font, size, text[-1], 27)]
per_page = -(-len(flow) // 4)
for page in range(4):
    c.setFont("Helvetica-Oblique", 8)
    c.drawString(45, 570, "Situation report No. 12")
    c.drawRightString(375, 570, "Cabo Delgado")
    c.drawString(45, 25, "Own report, for tests only")
    c.drawRightString(375, 25, f"Page {page + 1} of 4")
    y = 530
    for font, size, line, leading in flow[page * per_page:(page + 1) * per_page]:
        c.setFont(font, size)
        c.drawString(45, y, line)
        y -= leading
    # What is written across a page is no text of it.
    c.saveState()
    c.translate(200, 300)
    c.rotate(45)
    c.setFont("Helvetica", 40)
    c.drawCentredString(0, 0, "DRAFT")
    c.restoreState()
    c.showPage()
c.save()
golden("heads-en.pdf", en, title=en[0], published=MADE)

# A table below a heading.
c = new("table-fr.pdf")
c.setFont("DejaVu", 12)
c.drawString(40, 540, "Incidents de la semaine")
c.setFont("DejaVu", 9)
ROWS = [("Lieu", "Date", "Morts"), ("Solhan", "5 juin 2021", "132"), ("Tadaryat", "4 juin 2021", "14"), ("Gao", "7 juin 2021", "2")]
for number, row in enumerate(ROWS):
    for x, cell in zip((40, 160, 300), row):
        c.drawString(x, 510 - 16 * number, cell)
c.save()
golden("table-fr.pdf", ["Incidents de la semaine"] + ["\t".join(row) for row in ROWS], published=MADE)

# A picture of a page.
c = new("scan.pdf")
from PIL import Image, ImageDraw
image = Image.new("L", (200, 280), 255)
ImageDraw.Draw(image).text((20, 40), "Gao, 6 Sept 2022", fill=0)
c.drawImage(ImageReader(image), 0, 0, 420, 595)
c.save()
golden("scan.pdf", None, refused="is a scan (1 pages of pictures without text): letters in pictures are not recognised here", why="Scan")

# Locked, with and without a password to open.
for name, password in (("locked.pdf", "secret"), ("opens-en.pdf", "")):
    writer = PdfWriter()
    writer.append(PdfReader("heads-en.pdf"))
    writer.metadata = PdfReader("heads-en.pdf").metadata
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-128")
    writer.write(name)
golden("locked.pdf", None, refused="is locked with a password, expected one that opens without", why="Locked")
golden("opens-en.pdf", en, title=en[0], published=MADE)

# The table of places of objects is gone, and so is the end.
whole = open("columns-fr.pdf", "rb").read()
open("torn-fr.pdf", "wb").write(whole[:whole.rindex(b"xref\n0")])
facts = json.load(open("columns-fr.pdf.json", encoding="utf-8"))
# What the end of the file told, the day and who wrote it, is gone with it.
golden("torn-fr.pdf", facts["text"].split("\n"), lang=facts["lang"])
