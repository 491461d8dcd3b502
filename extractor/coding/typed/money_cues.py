"""How documents speak of a project's money: labels, and words near an amount that say what it is."""

from __future__ import annotations

import re

TOTAL = (
    r"(?:total|overall|approved|revised|initial|original|actual|estimated|planned|global|full|"
    r"requested|indicative|confirmed|combined|net)\s+"
)
BUDGET_LABEL = re.compile(
    rf"(?:{TOTAL}){{0,2}}(?:eligible\s+)?(?:(?:project|programme|program|grant|funding|action|eu|donor|proposal|cpd|financial)(?:['’]s)?\s+)?"
    r"(?:budgets?(?:\s+(?:amount|allocation|total))?|fundings?(?:\s+(?:amount|received))?|grants?(?:\s+(?:amount|size|value|total))?|"
    r"contributions?(?:\s+amount)?|costs?\b|financing|envelope|value|allocation|amount(?:\s+(?:of\s+(?:the\s+)?(?:grant|funding|contract)|requested|awarded|approved))?)"
    r"(?:\s+of\s+(?:the\s+)?(?:project|action|programme|program))?"
    r"|budget\s+(?:total|global)?(?:\s+du\s+projet)?|coût\s+total(?:\s+du\s+projet)?|montant(?:\s+(?:total|de\s+la\s+subvention))?|"
    r"presupuesto(?:\s+(?:total|del\s+proyecto))*|costo\s+total(?:\s+del\s+proyecto)?|monto(?:\s+total)?|orçamento(?:\s+total)?",
    re.IGNORECASE,
)
SPENT_LABEL = re.compile(
    rf"(?:{TOTAL})?(?:(?:project|programme|actual)\s+)?(?:expenditures?|expenses|spending|spent|disbursements?|disbursed(?:\s+amount)?|amount\s+spent|"
    r"delivery|dépenses(?:\s+totales)?|décaissements?|gastos?(?:\s+totales)?|gasto\s+total|ejecutado)(?:\s+to\s+date)?",
    re.IGNORECASE,
)
LABEL_WORDS = (
    "budget",
    "funding",
    "grant",
    "contribution",
    "cost",
    "financing",
    "envelope",
    "value",
    "allocation",
    "amount",
    "coût",
    "montant",
    "presupuesto",
    "monto",
    "costo",
    "orçamento",
)
SPENT_WORDS = ("expend", "expens", "spen", "disburs", "delivery", "dépens", "décaiss", "gasto", "ejecutado")
BUDGET_CUE = re.compile(
    r"\b(?:budgets?|budget(?:ed|ary)|fund(?:ed|ing|s)?|grants?|contributions?|contribut(?:ed|es|ing)|financed|financing|allocat(?:ed|ion)|"
    r"projection|resources|received|provided|awarded|mobili[sz]ed|cost(?:s|ing)?|worth|envelope|financé|financement|presupuesto|financiad[oa]|subvention|subvención)\b",
    re.IGNORECASE,
)
SPENT_CUE = re.compile(
    r"\b(?:spent|spending|expenditures?|expenses?|expended|disburse\w*|incurred|absorbed|paid\s+out|utili[sz]ed|burn\s+rate|delivered|dépens\w+|décaiss\w+|gast(?:ad[oa]s?|aron|ó|os?)|ejecutad[oa]|desembols\w+)\b",
    re.IGNORECASE,
)
TOTAL_CUE = re.compile(
    r"\b(?:totals?|(?:approved|revised|overall|original|final|estimated|initial)\s+(?:\w+\s+)?budget|total(?:l?ing|l?ed)|overall|altogether|amount(?:s|ed|ing)?\s+to|in\s+all|globale?|au\s+total|en\s+total)\b",
    re.IGNORECASE,
)
PROJECT_CUE = re.compile(
    r"\b(?:projects?|programmes?|programs?|initiative|action|grant|cpd|portfolio|intervention|pilots?|schemes?|(?-i:Fund)|projets?|proyectos?|programa)\b",
    re.IGNORECASE,
)
RECEIVED = re.compile(
    r"\b(?:received|obtained|was\s+(?:granted|awarded)|has\s+been\s+(?:granted|awarded))\s+(?:a\s+(?:grant|contribution|total)\s+of\s+)?(?:approximately\s+|about\s+|some\s+)?$",
    re.I,
)
FROM = re.compile(r"\s*(?:\([^)]{1,30}\)\s*)?(?:from|by|in\s+funding)\b", re.IGNORECASE)
NOT_THIS = re.compile(
    r"\b(?:per\s+(?:person|day|month|year|beneficiary|capita|household|participant|trainee|unit)|each\b|per\s+cent\s+of\s+gdp|gdp|gni|salar(?:y|ies)|"
    r"wages?|debt|loans?|poverty\s+line|remittances?|average|median|income|earn(?:s|ed|ings)?|price|fine\s+of|ransom|profits?|revenue|"
    r"national\s+budget|state\s+budget|government\s+budget|fees?|stipend|allowance|cash\s+transfers?|annual\s+budget|co-?financing|in-kind|"
    r"counterpart|balance|unspent|remaining|shortfall|gap|component|activity|output\s+\d|equipment|travel|staff|personnel|subcontract\w*|"
    r"equivalent|multilaterals?|multilateral\s+\w+|core\s+(?:contribution|funding)s?|shortfall|worldwide|globally|industry|aid\s+flows?|oda\b|other\s+(?:projects|initiatives)|another|second\s+phase|next\s+phase|sub-?grants?)\b",
    re.IGNORECASE,
)
GENERIC_LABEL = re.compile(
    r"amount|value|costs?|contributions?|funding|monto|montant|allocation|financing", re.IGNORECASE
)
ASK = re.compile(r"\brequested|requests?\b|amount\s+requested", re.IGNORECASE)
RATE = re.compile(
    r"(?:(?P<before>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|per\s?cent)[^.;]{0,50}\b(?:spent|disbursed|delivery\s+rate|burn\s+rate|implementation\s+rate|of\s+the\s+(?:total\s+)?budget|utili[sz]ed|executed)"
    r"|\b(?:delivery|burn|implementation|execution|disbursement|utili[sz]ation|absorption)\s+rate\b[^.;\d]{0,40}(?P<after>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|per\s?cent))",
    re.IGNORECASE,
)
AS_OF = re.compile(
    r"\b(?:as\s+(?:of|at)|by|until|up\s+to|au|al|à\s+la\s+date\s+du)\s+(?:the\s+)?(?:end\s+of\s+)?(?=\S*\s?\S*\s?(?:19|20)\d\d)",
    re.IGNORECASE,
)
SPENT_AFTER = re.compile(
    r"\s*(?:\([^()]{1,30}\)\s*)?(?:(?:has|have|had)\s+been|was|were|is|are)\s+(?:actually\s+|fully\s+|already\s+)?"
    r"(?:spent|disbursed|utili[sz]ed|used|expended|absorbed|executed|paid\s+out)\b"
    r"|\s*(?:a\s+été|ont\s+été)\s+(?:dépensé|décaissé|utilisé)\w*|\s*(?:se|fue|fueron|han\s+sido)\s+(?:gast|ejecut|desembols)\w+",
    re.IGNORECASE,
)
SPENT_BEFORE = re.compile(
    r"\b(?:spent|disbursed|expended|utili[sz]ed|incurred|absorbed|paid\s+out|dépensé|décaissé|gastaron|ejecutaron|"
    r"(?:expenditures?|expenses?|spending|costs?)\s+(?:\w+\s+){0,2}(?:amounted\s+to|totall?ed|was|were|reached|stood\s+at|of))"
    r"\s+(?:a\s+total\s+of\s+|about\s+|approximately\s+|around\s+|some\s+|nearly\s+|over\s+|almost\s+|just\s+\w+\s+)*$",
    re.IGNORECASE,
)
OUT_OF = re.compile(
    r"\b(?:out\s+of\s+(?:the\s+|a\s+)?|(?:^|[.;]\s)of\s+the\s+)(?:(?:total|approved|revised|overall|final)\s+)*"
    r"(?:(?:budgets?|warrants?|releases?|funds?|amount|allocation|grants?|receipts|appropriation|disbursements?)\s+)?(?:of\s+)?$"
    r"|\b(?:sur|de)\s+(?:un|le|el|los)\s+(?:budget|presupuesto|montant|monto)\s+(?:\w+\s+)?de\s+$",
    re.IGNORECASE,
)
"""What opens "out of the approved budget of A, B was spent"."""
ACTUAL_COSTS = re.compile(
    r"\b(?:expenditures?|expenses?|actual\s+costs?|(?:implementation|programme?|project)\s+costs?|spent|dépenses|gastos)\b",
    re.IGNORECASE,
)
PLANS = re.compile(r"\b(?:budget(?:s|ed)?|planned|proposed|requested|estimates?|presupuesto)\b", re.IGNORECASE)
COST_LABEL = re.compile(r"\b(?:costs?|coûts?|costos?)\b", re.IGNORECASE)
HEAD_UNIT = re.compile(r"\((?:in\s+|en\s+)?(?P<unit>[A-Z]{3}|US\$|€|£)\)|^\s*(?P<alone>[A-Z]{3}|US\$|€|£)\s*$")
MONEY_HINT = re.compile(
    r"[$€£¥₦₹₱₵₫฿₴₽₺৳]|\b(?:birr|naira|rupees?|shillings?|k?shs?|ushs?|tshs?|rs\b|crores?|lakhs?|lek\b|rand\b|rupiah|taka|tk\b|usd|eur|euros?|gbp|nok|sek|dkk|chf|cad|aud|jpy|dollars?|d[oó]lares|kroner|francs|francos|pounds|couronnes|coronas|livres|libras|pesos|fcfa|[a-z]{3}[\s.]{0,2}\d)",
    re.IGNORECASE,
)
IN_LABEL = re.compile(r"\(\s*(?:in\s+|en\s+)?(?P<unit>[^()\d]{1,14}?)\s*(?P<thousands>['’]?000s?)?\s*\)")
OF = re.compile(
    r"\s*(?:out\s+)?of\s+(?:(?:the|a)\s+)?(?:(?:total|approved|overall)\s+)?(?:budget\s+of\s+)?", re.IGNORECASE
)
SPENT_OF = re.compile(r"^[^\n]{0,40}?\d[\d.,\s]*\s(?:out\s+)?of\s+(?:[A-Z]{3}|[$€£])?\s?\d", re.IGNORECASE)
COSTS = re.compile(r"\bcosts?\b", re.IGNORECASE)
TOTAL_INSIDE = re.compile(r"\b(?:Grand\s+)?(?:Total|TOTAL)\s*:")
TOTAL_ROW = re.compile(r"^\W*(?:grand\s+)?total\b", re.IGNORECASE)


def names_money(text: str) -> bool:
    """Whether an amount of money may stand in a text: it has a figure, which is soon found out, and a currency."""
    return _FIGURE.search(text) is not None and MONEY_HINT.search(text) is not None


_FIGURE = re.compile(r"\d")
