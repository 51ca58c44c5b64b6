#!/usr/bin/env python3
"""Writes <lang>/frequent.tsv: gazetteer names of one token that are also frequent words.

Usage:
    python3 -m venv /tmp/wf && /tmp/wf/bin/pip install wordfreq==3.1.1
    /tmp/wf/bin/python geodata/lexicon/build_frequent.py

Reads geodata/gazetteer/base.tsv and geodata/gazetteer/facts/*.tsv and asks
wordfreq how common each name is as a word of Arabic, French or English. The
recogniser needs that number to tell a village called "Most" from the word.
"""
import math
import pathlib
import re
import sys
import unicodedata

WORDFREQ = "3.1.1"
LOWEST = 3.0  # zipf; one occurrence in a million words
HERE = pathlib.Path(__file__).resolve().parent
GAZETTEER = HERE.parent / "gazetteer"

# The gazetteer's folding, as far as single tokens need it.
LETTERS = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ة": "ه",
    "ک": "ك", "ی": "ي", "گ": "ك", "پ": "ب", "چ": "ج", "ڤ": "ف", "ـ": None, "ء": None,
    "ı": "i", "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d",
})
ARABIC = re.compile("[\u0621-\u064a]")
LATIN = re.compile("[a-z]")


def fold(text):
    """Lower case, no marks, one letter for each family of spellings."""
    # Letters are mapped before NFKD, which would else turn ؤ into و and ئ into ي with a mark,
    # and again after it, for presentation forms.
    text = text.lower().translate(LETTERS)
    kept = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(kept).translate(LETTERS)


def gazetteer_names():
    """Every spelling in the gazetteer, of whatever language."""
    tables = [GAZETTEER / "base.tsv", *sorted((GAZETTEER / "facts").glob("*.tsv"))]
    for table in tables:
        with open(table, encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("#") or not line.strip():
                    continue
                fields = line.rstrip("\n").split("\t")
                yield fields[1]
                if len(fields) > 10:
                    for name in fields[10].split("|"):
                        yield name.partition(":")[2]


def single_tokens():
    """The folded names of one token, by script."""
    arabic, latin = set(), set()
    for name in gazetteer_names():
        folded = fold(name)
        # Two letters at least; apostrophes and hyphens separate tokens, so such names are not single.
        if len(folded) < 2 or not folded.isalpha():
            continue
        if ARABIC.search(folded):
            arabic.add(folded)
        elif LATIN.search(folded):
            latin.add(folded)
    return {"ar": arabic, "fr": latin, "en": latin}


def with_clitics(names, frequency):
    """Arabic words that hold a name behind one-letter clitics («كبيرا»: ك + بيرا), so that the word can speak against the name."""
    out = set()
    for word in frequency:
        rest = word
        for prefixes in (("و", "ف"), ("ب", "ل", "ك"), ("ال",)):
            for prefix in prefixes:
                if rest.startswith(prefix) and len(rest) - len(prefix) >= 2:
                    rest = rest[len(prefix):]
                    if rest in names:
                        out.add(word)
                    break
    return out


def folded_frequencies(lang, frequency_dict):
    """Word frequencies with the spellings that fold together summed."""
    total = {}
    for word, frequency in frequency_dict(lang, wordlist="best").items():
        folded = fold(word)
        total[folded] = total.get(folded, 0.0) + frequency
    return total


def main():
    try:
        from importlib.metadata import version
        import wordfreq
    except ImportError:
        sys.exit(f"wordfreq is missing: install wordfreq=={WORDFREQ} in a virtual environment and run this with its python")
    if version("wordfreq") != WORDFREQ:
        sys.exit(f"wordfreq is {version('wordfreq')}; the committed files were made with {WORDFREQ}")
    names = single_tokens()
    for lang in ("ar", "fr", "en"):
        frequency = folded_frequencies(lang, wordfreq.get_frequency_dict)
        rows = []
        wanted = names[lang] | (with_clitics(names[lang], frequency) if lang == "ar" else set())
        for name in wanted:
            if name in frequency:
                zipf = math.log10(frequency[name]) + 9
                if zipf >= LOWEST:
                    rows.append((name, zipf))
        rows.sort(key=lambda row: (-round(row[1], 1), row[0]))
        with open(HERE / lang / "frequent.tsv", "w", encoding="utf-8") as out:
            out.write(
                f"# What: single-token gazetteer names (folded) that are frequent words of the language ({lang}), by build_frequent.py; do not edit.\n"
                f"# Source: wordfreq {WORDFREQ} (Robyn Speer), its data CC BY-SA 4.0; names from geodata/gazetteer.\n"
                "# Licence: this table CC BY-SA 4.0. Date: 2026-11-21.\n"
                f"# Columns: name zipf (log10 of occurrences in 10^9 words, spellings that fold together summed; {LOWEST} and above)\n"
            )
            out.writelines(f"{name}\t{zipf:.1f}\n" for name, zipf in rows)
        print(lang, len(rows), "names")


if __name__ == "__main__":
    main()
