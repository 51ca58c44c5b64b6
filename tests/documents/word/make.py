#!/usr/bin/env python3
"""Makes the DOCX, ODT and RTF files of this folder and what is to be read in them. Needs only Python; run in this folder."""
import json
import zipfile

REPORTS = "../../../examples/reports/"
W = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
     'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"')
O = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
     'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
     'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:svg="urn:x:svg"')


def paragraphs(name):
    return [p.strip() for p in open(REPORTS + name, encoding="utf-8").read().split("\n") if p.strip()]


def esc(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def golden(name, text, **facts):
    found = {**facts, "text": "\n".join(text)} if text is not None else facts
    with open(name + ".json", "w", encoding="utf-8") as out:
        json.dump(found, out, ensure_ascii=False, indent=1)
        out.write("\n")


def package(name, parts):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as out:
        for path, content in parts.items():
            info = zipfile.ZipInfo(path, (2022, 9, 10, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            out.writestr(info, content)


def docx(name, body, core="", **parts):
    package(name, {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">' + core + "</cp:coreProperties>",
        "word/header1.xml": f"<w:hdr {W}><w:p><w:r><w:t>Head of each page</w:t></w:r></w:p></w:hdr>",
        **{path.replace("__", "/") + ".xml": content for path, content in parts.items()},
    })


def odt(name, body, meta="", **parts):
    package(name, {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {O}><office:body><office:text>{body}</office:text></office:body></office:document-content>',
        "meta.xml": f"<office:document-meta {O}><office:meta>{meta}</office:meta></office:document-meta>",
        "META-INF/manifest.xml": parts.get("manifest", "<manifest/>"),
    })


def p(*runs):
    return "<w:p><w:pPr><w:pStyle w:val=\"x\"/><w:rPr><w:lang w:val=\"ar-SA\"/></w:rPr></w:pPr>" + "".join(runs) + "</w:p>"


def r(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{esc(text)}</w:t></w:r>'


DAY = {"day": "2022-09-10", "at": "2022-09-10T10:15:00Z", "basis": "file"}
CORE = "<dc:title>{}</dc:title><dc:creator>{}</dc:creator><dcterms:created>2022-09-10T10:15:00Z</dcterms:created><dc:language>{}</dc:language>"

# Whole reports, their words in several runs as word processors leave them.
ar = paragraphs("01-talataye-ar.txt")
docx("report-ar.docx", "".join(p(r(t[:9]), r(t[9:])) for t in ar), CORE.format(ar[0], "غرفة الأخبار", "ar-SA"))
golden("report-ar.docx", ar, title=ar[0], author="غرفة الأخبار", lang="ar-SA", published=DAY)
fr = paragraphs("02-solhan-fr.txt")
odt("report-fr.odt", f'<text:h text:outline-level="1">{esc(fr[0])}</text:h>' + "".join(f"<text:p>{esc(t[:20])}<text:span>{esc(t[20:])}</text:span></text:p>" for t in fr[1:]),
    f"<dc:title>{fr[0]}</dc:title><meta:initial-creator>Rédaction</meta:initial-creator><dc:creator>Another</dc:creator>"
    "<meta:creation-date>2022-09-10T10:15:00</meta:creation-date><dc:date>2023-01-01T00:00:00</dc:date><dc:language>fr-FR</dc:language>")
golden("report-fr.odt", fr, title=fr[0], author="Rédaction", lang="fr-FR", published={**DAY, "at": "2022-09-10T10:15:00"})

# Tracked changes, a field, a link, a break, hidden words, a comment's mark, a note, a page number.
docx("changes-ar.docx",
     p(r("قُتل "), '<w:del w:id="1"><w:r><w:delText>خمسة</w:delText></w:r></w:del>', '<w:ins w:id="2">' + r("ثلاثة") + "</w:ins>", r(" جنود قرب غاو"),
       '<w:r><w:footnoteReference w:id="2"/></w:r>', r("."))
     + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://example.org"</w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("وكالة الأنباء") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r(" نقلت الخبر"))
     + p('<w:moveFrom w:id="4">' + r("moved away") + "</w:moveFrom>", r("سري", "<w:vanish/>"), r("السطر الأول"), "<w:r><w:br/></w:r>", r("السطر الثاني"),
         "<w:r><w:tab/></w:r>", r("بعد المسافة", '<w:vanish w:val="0"/>'))
     + p('<w:hyperlink w:anchor="x">' + r("رابط") + "</w:hyperlink>", "<w:r><w:noBreakHyphen/></w:r>", r("نهاية &amp <")),
     CORE.format("Microsoft Word - Document1", "", ""),
     word__footnotes=f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{p(r("____"))}</w:footnote><w:footnote w:id="2">{p(r("بحسب مصدر عسكري."))}</w:footnote>'
                     f'<w:footnote w:id="9">{p(r("never referred to"))}</w:footnote></w:footnotes>')
golden("changes-ar.docx", ["قُتل ثلاثة جنود قرب غاو.", "وكالة الأنباء نقلت الخبر", "السطر الأول", "السطر الثاني بعد المسافة", "رابط-نهاية &amp <", "بحسب مصدر عسكري."], published=DAY)

# Tables: of figures, and as the layout of a page; a text box, which is written twice.
BOX = "<w:txbxContent>" + p(r("في الإطار")) + "</w:txbxContent>"


def table(*rows):
    return "<w:tbl><w:tblPr/>" + "".join("<w:tr><w:trPr/>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows) + "</w:tbl>"


docx("tables-ar.docx",
     p(r("حصيلة الأسبوع"), f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{BOX}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>")
     + table([p(r("المكان")), p(r("القتلى"))], [p(r("غاو")), p(r("12"))], [p(r("ميناكا")), p()])
     + table([p(r("قُتل رجل في كيدال.")) + p(r("وفر آخرون.")), table([p(r("داخل")), p(r("الجدول"))]) + p()]))
golden("tables-ar.docx", ["حصيلة الأسبوع", "في الإطار", "المكان\tالقتلى", "غاو\t12", "ميناكا", "قُتل رجل في كيدال.", "وفر آخرون.", "داخل\tالجدول"])

odt("changes-ar.odt",
    '<text:tracked-changes><text:changed-region><text:deletion><text:p>محذوف</text:p></text:deletion></text:changed-region></text:tracked-changes>'
    '<text:table-of-content><text:index-body><text:p>الفهرس 1</text:p></text:index-body></text:table-of-content>'
    '<text:p>قُتل<text:s text:c="2"/>ثلاثة<office:annotation><text:p>تعليق</text:p></office:annotation> جنود<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    '<text:note-body><text:p>بحسب مصدر عسكري.</text:p></text:note-body></text:note> قرب\n غاو<text:tab/>أمس<text:line-break/>وأصيب آخرون.</text:p>'
    '<text:list><text:list-item><text:p>بند أول</text:p></text:list-item></text:list>'
    '<table:table><table:table-row><table:table-cell><text:p>غاو</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>'
    '<text:p>قبل<draw:frame><draw:text-box><text:p>في الإطار</text:p></draw:text-box><svg:title>picture</svg:title></draw:frame> بعد</text:p>')
golden("changes-ar.odt", ["قُتل ثلاثة جنود قرب غاو أمس", "وأصيب آخرون.", "بند أول", "غاو\t12", "قبل بعد", "في الإطار", "بحسب مصدر عسكري."])

odt("locked.odt", "", manifest="<manifest:manifest><manifest:encryption-data/></manifest:manifest>")
golden("locked.odt", None, refused="is locked with a password, expected one that opens without", why="Locked")
docx("pictures.docx", p("<w:r><w:drawing/></w:r>"), word__media__page="")
golden("pictures.docx", None, refused="holds pictures and no text: letters in pictures are not recognised here", why="Scan")

# An entity that would grow to gigabytes is no text.
package("bomb.docx", {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
                      f"<w:document {W}><w:body><w:p><w:r><w:t>غاو&b;&#x21;</w:t></w:r></w:p></w:body></w:document>"})
golden("bomb.docx", ["غاو!"])

# RTF: bytes of windows-1256, fonts of two character sets, escapes with what old programs show instead, notes, deleted and hidden words.
INFO = r"{\info{\title %s}{\author %s}{\creatim\yr2022\mo9\dy10\hr10\min15}}"


def escaped(text):
    return "".join(c if c.isascii() else rf"\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?" for c in text.replace("\\", r"\\").replace("{", r"\{").replace("}", r"\}"))


def windows(text):
    return "".join(c if c.isascii() else "".join(rf"\'{b:02x}" for b in c.encode("windows-1256")) for c in text)


def rtf(name, text):
    open(name, "w", encoding="ascii", newline="").write(text)


rtf("report-ar.rtf", r"{\rtf1\ansi\ansicpg1256\deff0{\fonttbl{\f0\fnil\fcharset178 Arial;}}" + INFO % (windows(ar[0]), "") + r"\rtlpar" + "".join("\n" + windows(t) + r"\par" for t in ar) + "}")
golden("report-ar.rtf", ar, title=ar[0], published={**DAY, "at": "2022-09-10T10:15"})
rtf("report-fr.rtf", r"{\rtf1\ansi\ansicpg1252{\header top}\uc1" + INFO % (escaped(fr[0]), escaped("Rédaction")) + "".join(r"\pard " + escaped(t) + r"\par" + "\r\n" for t in fr) + "}")
golden("report-fr.rtf", fr, title=fr[0], author="Rédaction", published={**DAY, "at": "2022-09-10T10:15"})
rtf("changes-ar.rtf", r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset178 Arial;}}{\stylesheet{\s0 Normal;}}{\*\generator x;}"
    + r"{\f1 " + windows("قتل ") + r"{\deleted " + windows("خمسة") + r"}" + windows("ثلاثة جنود") + r"{\super\chftn{\footnote\f1 " + windows("بحسب مصدر.") + r"}}}{\f0 , dit l\'92AFP}{\v x}.\par"
    + r"{\f1 " + windows("المكان") + r"\cell " + windows("القتلى") + r"\cell\row " + windows("غاو") + r"\cell 12\cell\row}{\field{\*\fldinst{HYPERLINK x}}{\fldrslt{\u1585?\u1575?\u1576?\u1591?}}}\par {\pict\wmetafile8 0102}}")
golden("changes-ar.rtf", ["قتل ثلاثة جنود, dit l’AFP.", "المكان\tالقتلى", "غاو\t12", "رابط", "بحسب مصدر."])
rtf("empty.rtf", r"{\rtf1{\pict 00}}")
golden("empty.rtf", None, refused="is a document without text", why="Empty")
