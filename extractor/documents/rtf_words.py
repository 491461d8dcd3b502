"""The words of RTF's language: what prints a character, what is left out, which bytes a character set stands for."""

from __future__ import annotations

CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "emdash": "\u2014", "endash": "\u2013", "emspace": " ",
    "enspace": " ", "qmspace": " ", "bullet": "\u2022", "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c",
    "rdblquote": "\u201d", "zwj": "", "zwnj": "",
}  # fmt: skip
SYMBOLS = {"~": " ", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\", ":": "", "|": ""}
"""Control symbols; an optional hyphen prints nothing."""
ENDS_OF_PARAGRAPHS = frozenset({"par", "sect", "page", "column"})
HEADERS = frozenset({"header", "headerl", "headerr", "headerf"})
FOOTERS = frozenset({"footer", "footerl", "footerr", "footerf"})
LABELS = frozenset({"listtext", "pntext"})
INFO = {"title": "title", "author": "author"}
SKIPPED = frozenset(
    {
        "pict", "colortbl", "fldinst", "objdata", "objclass", "objname", "annotation", "atnid", "atnauthor", "sp",
        "shprslt", "nonshppict", "nonesttables", "xe", "tc", "tcn", "rxe", "ftnsep", "ftnsepc", "ftncn", "aftnsep",
        "aftnsepc", "aftncn", "pntxta", "pntxtb", "filetbl", "revtbl", "listtable", "listoverridetable", "template",
        "operator", "company", "manager", "category", "keywords", "subject", "comment", "doccomm", "hlinkbase",
        "nextfile",
        "printim", "revtim", "buptim", "private", "userprops", "bkmkstart", "bkmkend", "datafield", "formfield",
    }
)  # fmt: skip
STARRED = frozenset({"shpinst", "shptxt", "shpgrp", "footnote", "nesttableprops"})
"""Groups that older programs may skip and that hold words all the same."""
CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "cp1361", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOL_CHARSET = 2
FAMILIES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}
