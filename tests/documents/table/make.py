#!/usr/bin/env python3
"""Makes the tables of this folder and what is to be read in them.

Needs from PyPI openpyxl and, for the old kind of workbooks, xlwt. Run in this folder.
"""
import datetime
import io
import json
import zipfile

import openpyxl
import xlwt

A = "قُتل ثلاثة جنود في هجوم قرب غاو."
B = "أعلن الجيش مقتل سبعة مسلحين في ميناكا؛ ولم يعلق أحد، حتى الآن."
F = "Deux civils ont été tués à Solhan, dans le Yagha."
G = "L’armée a repris le village; quinze maisons ont brûlé."
E = "Gunmen killed two people in Palma."


def golden(name, found, columns=None):
    with open(name + ".json", "w", encoding="utf-8") as out:
        json.dump({"columns": columns, "found": found} if columns else found, out, ensure_ascii=False, indent=1)
        out.write("\n")


def day(text, at=None):
    return {"published": {"day": text, "at": at or text, "basis": "given"}}


def write(name, content, encoding="utf-8"):
    open(name, "w", encoding=encoding, newline="").write(content)


# Excel in Arabic Windows: its own line first, semicolons, windows-1256, days before months, a break in a cell.
write("excel-ar.csv", f'sep=;\r\nالعنوان;النص;تاريخ النشر;المصدر;الرابط\r\nهجوم;"{A}\n\n{B}";06/09/2022;وكالة;https://example.org/1\r\n;{B};;صحيفة;\r\n;;07/09/2022;صحيفة;\r\n', "windows-1256")
golden("excel-ar.csv", [
    {"title": "هجوم", "source": "وكالة", "url": "https://example.org/1", "part": "3", **day("2022-09-06"), "text": f"{A}\n{B}"},
    {"source": "صحيفة", "part": "6", "text": B},
    {"refused": "has no text in its column of texts", "why": "Record"}])

# ACLED's columns with a byte order mark, quotes doubled; a wrong date is told.
write("acled.csv", '\ufeffevent_id_cnty,event_date,event_type,source,notes\r\nMLI1,06 September 2022,Battles,AFP,"On 6 September, ""gunmen"" attacked Gao."\r\n'
      f'MOZ2,2021-03-24,Battles,Zitamar,{E}\r\nMOZ3,soon 24,Battles,Zitamar,{E}\r\n')
golden("acled.csv", [
    {"id": "MLI1", "source": "AFP", **day("2022-09-06"), "text": 'On 6 September, "gunmen" attacked Gao.'},
    {"id": "MOZ2", "source": "Zitamar", **day("2021-03-24"), "text": E},
    {"refused": "published: found «soon 24», expected a date such as 2022-09-06", "why": "Record"}])

# A table under another name, with titles above its head; more commas in the cells than tabs.
write("export.txt", f"Titre\tCorps du texte\tDate de parution\tMédia\tAuteur\tLangue\nA, b, c, d, e\t{F}\t6/9/2022\tLe Faso\tX, Y\tfr\nB, c, d, e, f\t{G}\t2022-09-07\tLe Faso\t\tfr\n")
golden("export.txt", [
    {"title": "A, b, c, d, e", "source": "Le Faso", "author": "X, Y", "lang": "fr", "part": "2", **day("2022-09-06"), "text": F},
    {"title": "B, c, d, e, f", "source": "Le Faso", "lang": "fr", "part": "3", **day("2022-09-07"), "text": G}])

# Columns that a person names; the day is a number of Excel's.
write("named.csv", f"Export vom 7.9.2022\n\nNr|Bericht|Tag\n7|{F}|44810\n8|{G}|44811.5\n")
golden("named.csv", [{"id": "7", **day("2022-09-06"), "text": F}, {"id": "8", **day("2022-09-07"), "text": G}], {"text": "Bericht", "published": "Tag", "id": "Nr"})
write("unknown.csv", f"Nr,Bericht,Tag\n7,{E},44810\n")
golden("unknown.csv", {"refused": "has no column that is known to hold texts, found «Nr», «Bericht», «Tag»; say which with --columns text=…", "why": "Record"})
write("absent.csv", f"Nr,Bericht,Tag\n7,{E},44810\n")
golden("absent.csv", {"refused": "has no column «Datum», found «Nr», «Bericht», «Tag»", "why": "Record"}, {"text": "Bericht", "published": "Datum"})

# A workbook: a title over merged cells, days as days, a number as identifier, a sheet of something else, a second sheet of reports.
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "مايو"
sheet.merge_cells("A1:D1")
sheet["A1"] = "تقارير الشهر"
for row in ([], ["رقم الخبر", "العنوان", "التاريخ", "نص الخبر"], [12, "هجوم", datetime.date(2022, 9, 6), A], [13, None, datetime.datetime(2022, 9, 7, 14, 30), B], [14, "فارغ", None, None]):
    sheet.append(row)
other = book.create_sheet("أرقام")
other.append(["المكان", "القتلى"])
other.append(["غاو", 12])
more = book.create_sheet("More")
more.append(["Headline", "Body", "Publication Date", "URL"])
more.append(["Palma", E, "September 6, 2022 Tuesday", "https://example.org/2022/09/06/palma"])
book.properties.created = book.properties.modified = datetime.datetime(2022, 9, 10)
book.save("book-ar.xlsx")
BOOK = [
    {"id": "12", "title": "هجوم", **day("2022-09-06"), "text": A},
    {"id": "13", **day("2022-09-07", "2022-09-07T14:30:00"), "text": B},
    {"refused": "has no text in its column of texts", "why": "Record"},
    {"title": "Palma", "url": "https://example.org/2022/09/06/palma", "part": "More!2", **day("2022-09-06"), "text": E}]
golden("book-ar.xlsx", BOOK)

# Days counted from 1904, in a cell that does not say that it is a day.
book = openpyxl.Workbook()
book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
book.active.append(["text", "date"])
book.active.append([E, 43348])
book.properties.created = book.properties.modified = datetime.datetime(2022, 9, 10)
book.save("mac.xlsx")
golden("mac.xlsx", [{"part": "2", **day("2022-09-06"), "text": E}])

# The old kind.
book = xlwt.Workbook(encoding="utf-8")
sheet = book.add_sheet("تقارير")
for column, head in enumerate(["المعرف", "النص", "التاريخ", "المصدر"]):
    sheet.write(0, column, head)
is_day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
for number, (text, when) in enumerate([(A, datetime.date(2022, 9, 6)), (B, datetime.date(2022, 9, 7))], 1):
    sheet.write(number, 0, f"x{number}")
    sheet.write(number, 1, text)
    sheet.write(number, 2, when, is_day)
    sheet.write(number, 3, "وكالة")
book.save("old-ar.xls")
golden("old-ar.xls", [{"id": "x1", "source": "وكالة", **day("2022-09-06"), "text": A}, {"id": "x2", "source": "وكالة", **day("2022-09-07"), "text": B}])

# OpenDocument, with a million empty rows and a cell that stands for a million.
T = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
     'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"')


def cell(text, more=""):
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def row(*cells, more=""):
    return f"<table:table-row {more}>" + "".join(cells) + "</table:table-row>"


content = (f"<office:document-content {T}><office:body><office:spreadsheet><table:table table:name='Feuille'>"
           + row(cell("Titre"), cell("Texte"), cell("Date"))
           + row(cell("Solhan"), cell(F), cell("6 sept.", "office:value-type='date' office:date-value='2022-09-06'"))
           + row('<table:table-cell table:number-columns-repeated="16384"/>', more='table:number-rows-repeated="1000000"')
           + row(cell("x", 'table:number-columns-repeated="1000000000"'), more='table:number-rows-repeated="4000000000"')
           + "</table:table></office:spreadsheet></office:body></office:document-content>")
with zipfile.ZipFile("bomb-fr.ods", "w", zipfile.ZIP_DEFLATED) as out:
    for path, text in (("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)):
        out.writestr(zipfile.ZipInfo(path, (2022, 9, 10, 0, 0, 0)), text)
golden("bomb-fr.ods", [{"title": "Solhan", "part": "2", **day("2022-09-06"), "text": F}, {"part": "1000003", "title": "x", "text": "x"}])

# Not a workbook but a Word document of the same time.
open("old.doc", "wb").write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "WordDocument".encode("utf-16-le") + b"\0" * 500)
golden("old.doc", {"refused": "is a Word document of the old kind (.doc), which is not read here: save it as DOCX", "why": "Unknown"})

# Records under other names.
write("records.json", json.dumps([{"headline": "Palma", "body": E, "date_published": "2022-09-06", "source": {"name": "Own"}, "link": "https://example.org/1", "authors": ["X", "Y"]},
                                  {"headline": "Palma", "body": None}], ensure_ascii=False, indent=1) + "\n")
golden("records.json", [{"title": "Palma", "source": "Own", "author": "X", "url": "https://example.org/1", "part": "1", **day("2022-09-06"), "text": E},
                        {"refused": "report 2: invalid type: null, expected a string", "why": "Record"}])
write("records.jsonl", json.dumps({"Bericht": A, "Tag": "2022-09-06", "id": 5}, ensure_ascii=False) + "\n" + json.dumps({"Text": A}, ensure_ascii=False) + "\n")
golden("records.jsonl", [{"id": "5", **day("2022-09-06"), "text": A}, {"refused": "has no field «Bericht», found «Text»", "why": "Record"}], {"text": "Bericht", "published": "Tag"})
