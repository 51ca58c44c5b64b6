"""Writes the chats of this folder and what is to be read in them. Own words; python3 make.py"""
import json, pathlib

HERE = pathlib.Path(__file__).parent
ARABIC = "قُتل ثلاثة جنود في هجوم قرب مدينة غاو"


def published(day, at=None):
    return {"day": day, "at": at or day, "basis": "metadata"}


def write(name, text, expected):
    (HERE / name).write_text(text)
    (HERE / f"{name}.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")


# A channel: pieces of text, a message of the service, one passed on, a picture without words.
channel = {"name": "أخبار الساحل", "type": "public_channel", "id": 1234, "messages": [
    {"id": 1, "type": "service", "date": "2022-09-01T09:00:00", "actor": "أخبار الساحل", "action": "create_channel", "title": "أخبار الساحل", "text": ""},
    {"id": 2, "type": "message", "date": "2022-09-06T10:15:32", "date_unixtime": "1662459332", "from": "أخبار الساحل", "from_id": "channel1234",
     "text": [{"type": "bold", "text": "عاجل: "}, ARABIC, " ", {"type": "hashtag", "text": "#غاو"}, "\nالتفاصيل لاحقا"], "text_entities": []},
    {"id": 3, "type": "message", "date": "2022-09-06T11:00:00", "from": "أخبار الساحل", "forwarded_from": "Studio du Nord", "text": "Deux camions brûlés à Ansongo."},
    {"id": 4, "type": "message", "date": "2022-09-06T12:00:00", "from": "أخبار الساحل", "photo": "photos/1.jpg", "text": ""}]}
write("channel-ar.telegram", json.dumps(channel, ensure_ascii=False, indent=1), [
    {"part": "2", "source": "أخبار الساحل", "published": published("2022-09-06", "2022-09-06T10:15:32"), "text": [f"عاجل: {ARABIC} #غاو", "التفاصيل لاحقا"]},
    {"part": "3", "source": "Studio du Nord", "author": "أخبار الساحل", "published": published("2022-09-06", "2022-09-06T11:00:00"), "text": ["Deux camions brûlés à Ansongo."]}])

# All chats of an account; a group, whose members sign.
account = {"about": "…", "chats": {"about": "…", "list": [
    {"name": "Groupe de veille", "type": "private_group", "id": 9, "messages": [
        {"id": 7, "type": "message", "date": "2022-09-06T10:15:32", "from": "Aminata", "from_id": "user1", "text": "Tirs entendus à Tessit cette nuit."}]},
    {"name": None, "type": "personal_chat", "id": 10, "messages": [
        {"id": 7, "type": "message", "date": "2022-09-07T10:15:32", "from": "Moussa", "text": "Trois morts à Djibo."},
        {"id": "eight", "type": "message", "text": "?"}]}]}}
write("account-fr.telegram", json.dumps(account, ensure_ascii=False, indent=1), [
    {"part": "9/7", "source": "Groupe de veille", "author": "Aminata", "published": published("2022-09-06", "2022-09-06T10:15:32"), "text": ["Tirs entendus à Tessit cette nuit."]},
    {"part": "10/7", "author": "Moussa", "published": published("2022-09-07", "2022-09-07T10:15:32"), "text": ["Trois morts à Djibo."]},
    {"refused": "record"}])

# Android in Arabic: Arabic digits, marks, a message of several lines, what stands for a picture.
write("android-ar.txt", "\n".join([
    "٦‏/٩‏/٢٠٢٢، ١٠:١٥ ص - تم تشفير الرسائل والمكالمات تمامًا.",
    f"٦‏/٩‏/٢٠٢٢، ١٠:١٦ ص - أحمد: {ARABIC}",
    "والعدد مرشح للارتفاع",
    "٦‏/٩‏/٢٠٢٢، ١٠:١٧ ص - مريم: <تم استبعاد الوسائط>",
    "١٣‏/٩‏/٢٠٢٢، ٩:٠٠ م - مريم: هدوء في المدينة اليوم: لا شيء جديد"]), [
    {"part": "2", "author": "أحمد", "published": published("2022-09-06"), "text": [ARABIC, "والعدد مرشح للارتفاع"]},
    {"part": "5", "author": "مريم", "published": published("2022-09-13"), "text": ["هدوء في المدينة اليوم: لا شيء جديد"]}])

# iOS: brackets, seconds, marks before what the telephone says itself.
write("ios-en.txt", "\r\n".join([
    "[06/09/2022, 10:15:32] Watch Group: \u200eMessages and calls are end-to-end encrypted.",
    "\u200e[06/09/2022, 10:16:00] ~ Ibrahim: Gunmen killed two farmers near Barsalogho.",
    "\u200e[06/09/2022, 10:16:30] ~ Ibrahim: \u200eimage omitted",
    "[25/09/2022, 18:00:01] +226 70 00 00 00: Market day in Djibo, no incident."]), [
    {"part": "2", "author": "Ibrahim", "published": published("2022-09-06"), "text": ["Gunmen killed two farmers near Barsalogho."]},
    {"part": "4", "author": "+226 70 00 00 00", "published": published("2022-09-25"), "text": ["Market day in Djibo, no incident."]}])

# Months first, which the second message tells.
write("us-en.txt", "\n".join([
    "9/6/22, 10:15 AM - Sam: Shots were heard in Gao.",
    "9/26/22, 10:20 AM - Sam: A mine killed three people near Ménaka.",
    "9/27/22, 10:21 AM - Sam left",
    "9/28/22, 10:21 AM - Lee: Calm."]), [
    {"part": "1", "author": "Sam", "published": published("2022-09-06"), "text": ["Shots were heard in Gao."]},
    {"part": "2", "author": "Sam", "published": published("2022-09-26"), "text": ["A mine killed three people near Ménaka."]},
    {"part": "4", "author": "Lee", "published": published("2022-09-28"), "text": ["Calm."]}])
