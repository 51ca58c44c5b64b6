"""Names of places: one fold for comparing them, and the rules that decide which names stay."""
import difflib
import re
import unicodedata

ARABIC_FOLD = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه",
    "ک": "ك", "ی": "ي", "گ": "ك", "پ": "ب", "چ": "ج", "ڤ": "ف", "ـ": "",
})
LATIN_FOLD = str.maketrans({
    "ı": "i", "ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ħ": "h",
    "ɓ": "b", "ɗ": "d", "ƙ": "k", "ŋ": "n", "ə": "e", "ɔ": "o", "ɛ": "e", "ð": "d", "þ": "th",
})
# Letters that Arabic itself does not write: Persian, Urdu, Pashto, Kurdish, Uyghur, Sindhi.
FOREIGN_ARABIC = re.compile("[^ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي \\-0-9]")
PERSIAN_TO_ARABIC = str.maketrans({"ک": "ك", "ی": "ي", "ہ": "ه", "ھ": "ه", "ے": "ي", "گ": "غ",
                                   "پ": "ب", "چ": "تش", "ژ": "ج", "ۀ": "ه"})
NO_ARABIC_EQUIVALENT = re.compile("[ەۆێڕڵېۇۈۋڭټډړږښګڼټںٹڈڑٻڀڄڃڇڏڌڊڍڦڪڳڱڻے]")
MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
# Words that name the kind of a unit; "Gao Region" also gives the bare "Gao".
KIND_BEFORE = re.compile(
    "^(?:(?:région|region|province|gouvernorat|wilaya|état|district|département|comté|préfecture|oblast|"
    "governorate|state|county|canton|cercle|emirate|émirat|community|territory|communauté autonome|commune|municipality)"
    "(?: autonome| spéciale)?(?: administrative)? (?:de la |de l['’]|du |des |de |d['’]|of the |of )(?:l['’])?|"
    "(?:gouvernorat|province|wilaya|cercle|wilayat|markaz|muhafazat) )", re.I)
KIND_AFTER = re.compile(
    " (?:region|province|governorate|state|district|county|prefecture|department|division|municipality|"
    "oblast|wilaya|commune|parish|canton|voivodeship|emirate|cercle|krai|republic|local government area|"
    "subdistrict|territory|regional state|department)$", re.I)
KIND_ARABIC = re.compile(
    "^(?:منطقة|محافظة|ولاية|إقليم|اقليم|مقاطعة|مديرية|قضاء|شعبية|بلدية|إمارة|دائرة|مركز|ناحية|جهة|قسم|كانتون|مدينة|أوبلاست|دوقية) +")
# Words too general to stand for a unit alone: "Nord Region" does not give the name "Nord".
GENERAL = set("""north south east west northern southern eastern western central centre center capital nord sud est ouest
    northeastern northwestern southeastern southwestern north east north west south east south west upper lower littoral
    nord est nord ouest sud est sud ouest centre nord centre sud centre est centre ouest plateaux hauts bassins cascades
    coast coastal savanes lacs maritime federal metropolitan norte sur este oeste
    العاصمه الامانه الشمال الجنوب الشرق الغرب الوسط الوسطي المركز المركزيه المركزي الشماليه الجنوبيه الشرقيه الغربيه
    الشمالي الجنوبي الشرقي الغربي شمالي جنوبي شرقي غربي شمال جنوب شرق غرب وسط عين سوق""".split())
# What machines make of Cyrillic ("Ehl'-Falludzha", "Livin'nkston") and the words for "city" in other languages.
MACHINE_MADE = re.compile(
    "(?<![-' ])(?<!^)[bcdfghjklmnpqrstvwxz]'(?=[-' bcdfghjklmnpqrstvwxz]|$)|ˌ|^Eh[lrnstdz]'?-|"
    "^(?:de|du|des|of|in|à) |^d'|^(?:Chak (?:One|Two|Three))\\b|^(?:Lungsod|Dakbayan|Mji|Ciudad de|Ciutat|Cidade|Gorod|Horad|Grad|Gradska|Gmina|Stadt|Comuna|Bayan|Dakong|Korisnik|Vilojati)\\b|"
    " (?:khot|shaary|shaari|by|shi|si|ciudad|stad|viloyati)$|-urbo$|-(?:shi|si|gun|ku|chhi|hsien|shih)$")
OTHER_UNIT = re.compile("^(?:محافظة|شعبية|ولاية|إقليم|مقاطعة|مديرية|منطقة|قضاء|مدينة) ")
NOT_NAMES = re.compile("https?:|www\\.|_|@|[{}<>=|]|\\?")


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


def fold(name):
    """The form under which two spellings count as the same name."""
    text = unicodedata.normalize("NFKC", name).lower().translate(LATIN_FOLD)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    text = MARKS.sub("", text).translate(ARABIC_FOLD)
    return squeeze(re.sub(r"[\W_]", " ", text))


def script(name):
    """'latin', 'arabic', or '' for every other script and for mixtures."""
    kinds = set()
    for c in name:
        if c.isalpha():
            n = ord(c)
            if n < 0x2B0 or 0x1E00 <= n < 0x1F00:
                kinds.add("latin")
            elif 0x600 <= n < 0x700 or 0x750 <= n < 0x780:
                kinds.add("arabic")
            elif not 0x2B0 <= n < 0x300:  # modifier letters such as ʿ and ʼ
                return ""
    return kinds.pop() if len(kinds) == 1 else ""


def tidy(name):
    """NFC, without brackets, marks, and without what follows a comma (« دوري، بوركينا فاسو »)."""
    text = unicodedata.normalize("NFKC" if re.search("[\ufb50-\ufefe]", name) else "NFC", name)
    text = MARKS.sub("", text).replace("`", "‘").replace("´", "’")
    text = re.sub(r"\s*[(\[（].*?[)\]）]|[¹²³†*]", "", text)
    text = re.split("[,،;؛/(\\[]", text)[0]
    text = squeeze(text).strip(" -–:\"“”«»'ʽ")
    return text if re.search(r"\b[A-Z]\.$", text) else text.strip(" .")


def acceptable(name, of_country=False):
    """Whether a tidied name in Latin or Arabic script is worth keeping."""
    kind = script(name)
    folded = fold(name)
    if not kind or NOT_NAMES.search(name) or ":" in name or len(folded) < 2:
        return False
    if re.fullmatch(r"[\d ]+", folded) or len(name) > 60:
        return False
    if kind == "latin":
        if not any(c.isupper() for c in name):  # machine romanisations: "dwry", "jia ao"
            return False
        if re.fullmatch(r"[A-Z0-9.]{2,5}", name):  # airport and port codes
            return of_country and len(name.replace(".", "")) >= 3
        if MACHINE_MADE.search(name):
            return False
    return len(folded.replace(" ", "")) >= 3


def too_general(name):
    """Whether every word of a name is a direction or another word that many units share."""
    return all(word in GENERAL for word in fold(name).split())


def of_town(name):
    """An Arabic name that calls a town by its province ("شعبية سرت") without the word for the province."""
    return squeeze(OTHER_UNIT.sub("", tidy(name)))


def bare(name):
    """The name of a unit without its kind word, or the name itself where nothing telling would be left."""
    if script(name) == "arabic":
        short = squeeze(KIND_ARABIC.sub("", name))
        return name if too_general(short) else short
    name = re.sub(r"^(?:de la|de|du|des) (?=[A-ZÀ-Ý])", "", name)  # Natural Earth's "de Gaza"
    short = KIND_AFTER.sub("", KIND_BEFORE.sub("", name)).strip()
    short = re.sub(r"^(?:the|le|la|les) ", "", short, flags=re.I) if short != name else short
    if short == name or len(short) < 3 or too_general(short):
        return name
    return short[:1].upper() + short[1:]


def alike(some, others):
    """How near the nearest names of two lists are, 0 to 1, compared within one script and without kind words."""
    best = 0.0
    for kind in ("latin", "arabic"):
        first, second = ({fold(bare(tidy(n))).replace(" ", "") for n in names if script(tidy(n)) == kind}
                         for names in (some, others))
        for a in first:
            for b in second:
                best = max(best, difflib.SequenceMatcher(None, a, b).ratio())
    return best


class Names:
    """The names of one place, in order of trust, no two alike after folding."""

    def __init__(self, display, of_country=False, keep_foreign=False, arab=False):
        self.display = display
        self.seen = {fold(display): 0}
        self.list = [("", display)]
        self.of_country, self.keep_foreign, self.arab = of_country, keep_foreign, arab

    def add(self, lang, name, trusted=False):
        if lang == "short":  # counts as it is written, stops and all
            self.list.append((lang, name))
            return
        name = tidy(name or "")
        if not name or not (trusted and script(name) or acceptable(name, self.of_country)) or too_general(name):
            return
        if script(name) == "arabic":
            if lang in ("en", "fr"):
                return
            if lang == "" and self.arab and not FOREIGN_ARABIC.search(name):
                lang = "ar"
        elif lang == "ar":
            return
        key = fold(name)
        at = self.seen.get(key)
        if at is None:
            self.seen[key] = len(self.list)
            self.list.append((lang, name))
        elif at and not self.list[at][0] and lang:
            self.list[at] = (lang, name)
        elif at and script(name) == "arabic" and FOREIGN_ARABIC.search(self.list[at][1]) \
                and not FOREIGN_ARABIC.search(name):
            self.list[at] = (lang or self.list[at][0], name)

    def arabic(self):
        """The names tagged as Arabic, without kind words."""
        return [bare(name) for lang, name in self.list if lang == "ar"]

    def result(self, limit=0):
        """Final (lang, name) list without the display name; `limit` caps untagged Latin names."""
        arabic = [n for _, n in self.list[1:] if script(n) == "arabic" and not FOREIGN_ARABIC.search(n)]
        out, seen, latin = [], set(), 0
        for lang, name in self.list[1:]:
            if lang == "short":
                out.append((lang, name))
                continue
            if script(name) == "arabic" and FOREIGN_ARABIC.search(name) and not self.keep_foreign:
                if arabic or NO_ARABIC_EQUIVALENT.search(name):
                    continue
                name = name.translate(PERSIAN_TO_ARABIC)
            elif script(name) == "latin" and not lang and limit:
                latin += 1
                if latin > limit:
                    continue
            if fold(name) not in seen:
                seen.add(fold(name))
                out.append((lang, name))
        return out
